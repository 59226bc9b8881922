package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.format.tree.ProblemSink;
import dev.ropewalk.format.tree.SourceText;
import dev.ropewalk.format.tree.TextFormat;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Quoted;
import dev.ropewalk.plan.Workflow;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the files of one plan, each once, however often it is named.
///
/// A sub-plan must lie in the directory of the outermost plan or below it, links resolved: a plan from
/// elsewhere cannot make us read what its author could not. Circles and chains that are too deep are
/// refused with the files on the way.
final class PlanFiles {

    /// A file on the way from the outermost plan to the one being read.
    private record Open(@Nullable Path path, String name) {}

    private final TreeLimits limits;
    private final int maxDepth;
    private final ProblemList problems = new ProblemList();
    private final Map<Path, SourceFile> read = new HashMap<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final @Nullable Path root;
    private final @Nullable Path shownRoot;

    /// @param root the real directory that sub-plans must not leave; null if there are none
    /// @param shownRoot the same directory as the user named it
    PlanFiles(TreeLimits limits, PlanLimits planLimits, @Nullable Path root, @Nullable Path shownRoot) {
        this.limits = limits;
        this.maxDepth = planLimits.maxDepth();
        this.root = root;
        this.shownRoot = shownRoot;
    }

    ProblemList problems() {
        return problems;
    }

    /// Reads a file from disk.
    SourceFile read(Path path, String name) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(TextFormat.ofFile(name).maxBytes(limits) + 1);
        } catch (IOException e) {
            problems.add(new LocatedProblem(
                    name, 1, 1, "", "FILE_UNREADABLE", why(e), "check the name and the permissions"));
            return new SourceFile(name, Optional.empty(), Optional.empty(), Map.of(), 0);
        }
        return parse(path, name, bytes);
    }

    SourceFile parse(@Nullable Path path, String name, byte[] bytes) {
        ProblemSink sink = (at, place, code, message, remedy) ->
                problems.add(new LocatedProblem(name, at.line(), at.column(), place.toString(), code, message, remedy));
        Optional<Node> tree = tree(name, bytes, sink);
        Map<String, SourceFile> subPlans = new HashMap<>();
        open.push(new Open(path, name));
        Form form = new Form(sink);
        SubPlans reader = (file, field, _) -> subPlan(file, field, form, subPlans);
        Optional<Workflow> workflow = tree.map(root -> new Field(root, Location.ROOT))
                .flatMap(field -> Fields.of(field, Shapes.PLAN, form))
                .flatMap(fields -> new WorkflowForm(form, reader).read(fields));
        open.pop();
        int height = subPlans.values().stream()
                .mapToInt(sub -> sub.height() + 1)
                .max()
                .orElse(0);
        return new SourceFile(name, tree, workflow, subPlans, height);
    }

    private Optional<Node> tree(String name, byte[] bytes, ProblemSink sink) {
        TextFormat format = TextFormat.ofFile(name);
        int maxBytes = format.maxBytes(limits);
        if (bytes.length > maxBytes) {
            String message = "the file has more than %,d bytes".formatted(maxBytes);
            sink.add(
                    Position.START,
                    Location.ROOT,
                    "LIMIT_EXCEEDED",
                    message,
                    "split it into sub-plans, or move data into files of its own");
            return Optional.empty();
        }
        return SourceText.decode(bytes, sink).flatMap(text -> format.compose(text, limits, sink));
    }

    private Optional<Workflow> subPlan(String file, Field field, Form form, Map<String, SourceFile> subPlans) {
        Optional<Path> path = resolve(file, field, form);
        if (path.isEmpty() || isCircle(path.get(), field, form)) {
            form.breakOff();
            return Optional.empty();
        }
        SourceFile known = read.get(path.get());
        int depth = open.size() + (known == null ? 0 : known.height());
        if (depth > maxDepth) {
            String message = "sub-plans are nested deeper than %d levels: %s".formatted(maxDepth, way(file));
            form.add(field, "LIMIT_EXCEEDED", message, "flatten the plans");
            form.breakOff();
            return Optional.empty();
        }
        SourceFile source = known == null ? read(path.get(), shown(path.get())) : known;
        read.put(path.get(), source);
        subPlans.put(field.place().toString(), source);
        if (source.workflow().isEmpty()) {
            form.breakOff();
        }
        return source.workflow();
    }

    private Optional<Path> resolve(String file, Field field, Form form) {
        Path including = open.element().path();
        if (root == null || including == null || including.getParent() == null) {
            form.add(
                    field,
                    "UNSUPPORTED",
                    "this plan is not read from a file, so it cannot name one",
                    "put the tasks into the plan itself");
            return Optional.empty();
        }
        try {
            Path wanted = including.getParent().resolve(file).normalize();
            Path real = wanted.startsWith(root) ? wanted.toRealPath() : wanted;
            if (!real.startsWith(root)) {
                form.add(
                        field,
                        "FILE_FORBIDDEN",
                        "%s leads out of the directory of the outermost plan".formatted(Quoted.of(file)),
                        "put the sub-plan beside that plan or below it");
                return Optional.empty();
            }
            if (!Files.isRegularFile(real)) {
                form.add(field, "FILE_UNREADABLE", "%s is not a file".formatted(Quoted.of(file)), "name a plan file");
                return Optional.empty();
            }
            return Optional.of(real);
        } catch (IOException | InvalidPathException e) {
            form.add(
                    field,
                    "FILE_UNREADABLE",
                    "%s cannot be read: %s".formatted(Quoted.of(file), why(e)),
                    "name a file relative to this one");
            return Optional.empty();
        }
    }

    private boolean isCircle(Path path, Field field, Form form) {
        if (open.stream().noneMatch(file -> path.equals(file.path()))) {
            return false;
        }
        form.add(
                field,
                "CYCLE",
                "the plan contains itself: %s".formatted(way(shown(path))),
                "remove one of these `plan` keys");
        return true;
    }

    /// `a.yaml → b.yaml → last`
    private String way(String last) {
        List<String> names = new ArrayList<>();
        open.descendingIterator().forEachRemaining(file -> names.add(file.name()));
        names.add(last);
        return String.join(" → ", names);
    }

    private String shown(Path path) {
        if (root == null) {
            return path.toString();
        }
        Path relative = root.relativize(path);
        return (shownRoot == null ? relative : shownRoot.resolve(relative)).toString();
    }

    private static String why(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file";
            case InvalidPathException _ -> "it is not a file name";
            default -> "it cannot be read (%s)".formatted(e.getClass().getSimpleName());
        };
    }
}
