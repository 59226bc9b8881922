package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.format.tree.ProblemSink;
import dev.ropewalk.format.tree.SourceText;
import dev.ropewalk.format.tree.TextFormat;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the files of one plan, each once, however often it is named. Circles and chains that are too
/// deep are refused with the files on the way.
final class PlanFiles {

    private static final int MAX_FILES = 1_000;

    /// A file on the way from the outermost plan to the one being read.
    ///
    /// @param path empty if it is not read from disk
    private record Open(Optional<Path> path, String name) {}

    private final TreeLimits limits;
    private final int maxDepth;
    private final Optional<PlanDirectory> directory;
    private final ProblemList problems = new ProblemList();
    private final Map<Path, SourceFile> read = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();

    /// @param directory empty if there is none, and so no sub-plans
    PlanFiles(TreeLimits limits, PlanLimits planLimits, Optional<PlanDirectory> directory) {
        this.limits = limits;
        this.maxDepth = planLimits.maxDepth();
        this.directory = directory;
    }

    ProblemList problems() {
        return problems;
    }

    /// Reads a file from disk.
    ///
    /// @param name as it is shown
    SourceFile read(Path path, String name) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(TextFormat.ofFile(name).maxBytes(limits) + 1);
        } catch (IOException e) {
            boolean folder = Files.isDirectory(path);
            String message = folder ? "this is a folder" : PlanDirectory.why(e);
            String remedy = folder ? "name the plan's file" : "check the name and the permissions";
            problems.add(new LocatedProblem(name, 1, 1, "", "FILE_UNREADABLE", message, remedy));
            return new SourceFile(name, Optional.empty(), Optional.empty(), Map.of(), 0);
        }
        return parse(Optional.of(path), name, bytes);
    }

    /// @param path empty if it is not read from disk
    SourceFile parse(Optional<Path> path, String name, byte[] bytes) {
        ProblemSink sink = (at, place, code, message, remedy) ->
                problems.add(new LocatedProblem(name, at.line(), at.column(), place.toString(), code, message, remedy));
        Optional<String> text = text(name, bytes, sink);
        Optional<Node> tree = text.flatMap(t -> TextFormat.ofFile(name).compose(t, limits, sink));
        Form form = new Form(new Source(text.orElse("")), sink);
        Map<String, SourceFile> subPlans = new HashMap<>();
        open.push(new Open(path, name));
        Optional<Workflow> workflow = tree.map(root -> new Field(root, Location.ROOT))
                .flatMap(root -> Fields.of(root, Shapes.PLAN, form))
                .flatMap(fields -> workflow(fields, form, subPlans));
        open.pop();
        int height = subPlans.values().stream()
                .mapToInt(sub -> sub.height() + 1)
                .max()
                .orElse(0);
        return new SourceFile(name, tree, workflow, subPlans, height);
    }

    private Optional<Workflow> workflow(Fields fields, Form form, Map<String, SourceFile> subPlans) {
        fields.find("mcpServers").ifPresent(servers -> ServersForm.check(servers, open.size() == 1, form));
        return new WorkflowForm(form, (file, field, _) -> subPlan(file, field, form, subPlans)).read(fields);
    }

    private Optional<String> text(String name, byte[] bytes, ProblemSink sink) {
        int maxBytes = TextFormat.ofFile(name).maxBytes(limits);
        if (bytes.length > maxBytes) {
            String message = "the file has more than %,d bytes".formatted(maxBytes);
            String remedy = "split it into sub-plans, or move data into files of its own";
            sink.add(Position.START, Location.ROOT, "LIMIT_EXCEEDED", message, remedy);
            return Optional.empty();
        }
        return SourceText.decode(bytes, sink);
    }

    private Optional<Workflow> subPlan(String file, Field field, Form form, Map<String, SourceFile> subPlans) {
        Optional<SourceFile> source = resolve(file, field, form).flatMap(path -> subPlan(path, file, field, form));
        source.ifPresent(found -> subPlans.put(field.place().toString(), found));
        Optional<Workflow> workflow = source.flatMap(SourceFile::workflow);
        if (workflow.isEmpty()) {
            form.breakOff();
        }
        return workflow;
    }

    private Optional<Path> resolve(String file, Field field, Form form) {
        Optional<Path> including = open.element().path();
        if (directory.isEmpty() || including.isEmpty()) {
            String message = "this plan is not read from a file, so it cannot name one";
            form.add(field, "UNSUPPORTED", message, "put the tasks into the plan itself");
            return Optional.empty();
        }
        return directory.get().resolve(including.get(), file, field, form);
    }

    private Optional<SourceFile> subPlan(Path path, String file, Field field, Form form) {
        String name = directory.orElseThrow().shown(path);
        if (open.stream().anyMatch(each -> each.path().equals(Optional.of(path)))) {
            String message = "the plan contains itself: %s".formatted(way(name));
            form.add(field, "CYCLE", message, "remove one of these `plan` keys");
            return Optional.empty();
        }
        SourceFile known = read.get(path);
        int depth = open.size() + (known == null ? 0 : known.height());
        if (depth > maxDepth) {
            String message = "sub-plans are nested deeper than %d levels: %s".formatted(maxDepth, way(file));
            form.add(field, "LIMIT_EXCEEDED", message, "flatten the plans");
            return Optional.empty();
        }
        if (known == null && read.size() >= MAX_FILES) {
            String message = "the plan is made of more than %,d files".formatted(MAX_FILES);
            form.add(field, "LIMIT_EXCEEDED", message, "put several tasks into one file");
            return Optional.empty();
        }
        SourceFile source = known == null ? read(path, name) : known;
        read.put(path, source);
        return Optional.of(source);
    }

    /// `a.yaml → b.yaml → last`
    private String way(String last) {
        List<String> names = new ArrayList<>();
        open.descendingIterator().forEachRemaining(file -> names.add(file.name()));
        names.add(last);
        return String.join(" → ", names);
    }
}
