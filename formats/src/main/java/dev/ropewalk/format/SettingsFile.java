package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.format.tree.ProblemSink;
import dev.ropewalk.format.tree.SourceText;
import dev.ropewalk.format.tree.TextFormat;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.SharedResources;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A file of settings, read as strictly as a plan: no tags, no duplicate keys, within limits. What its
/// keys mean is its reader's business, who reports problems at their places through [#problem].
public final class SettingsFile {

    private final String name;
    private final Optional<Node> root;
    private final List<LocatedProblem> problems;

    private SettingsFile(String name, Optional<Node> root, List<LocatedProblem> problems) {
        this.name = name;
        this.root = root;
        this.problems = List.copyOf(problems);
    }

    /// Reads JSON if the name ends in `.json`, otherwise YAML. Nothing is thrown on account of the file.
    public static SettingsFile read(Path file) {
        String name = file.toString();
        List<LocatedProblem> problems = new ArrayList<>();
        ProblemSink sink = (at, place, code, message, remedy) ->
                problems.add(new LocatedProblem(name, at.line(), at.column(), place.toString(), code, message, remedy));
        TextFormat format = TextFormat.ofFile(name);
        Optional<Node> root = Optional.empty();
        try (InputStream in = Files.newInputStream(file)) {
            int maxBytes = format.maxBytes(TreeLimits.DEFAULT);
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                String message = "the file has more than %,d bytes".formatted(maxBytes);
                sink.add(Position.START, Location.ROOT, "LIMIT_EXCEEDED", message, "keep settings alone in it");
                return new SettingsFile(name, Optional.empty(), problems);
            }
            root = SourceText.decode(bytes, sink)
                    .filter(text -> !text.isBlank())
                    .flatMap(text -> format.compose(text, TreeLimits.DEFAULT, sink));
        } catch (IOException e) {
            problems.add(new LocatedProblem(
                    name,
                    1,
                    1,
                    "",
                    "FILE_UNREADABLE",
                    "it cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    "check the name and the permissions"));
        }
        if (root.isPresent() && !(root.get() instanceof Node.Mapping)) {
            problems.add(new LocatedProblem(
                    name,
                    root.get().at().line(),
                    root.get().at().column(),
                    "",
                    "WRONG_TYPE",
                    "the file holds %s".formatted(root.get().noun()),
                    "write `key: value` lines"));
        }
        return new SettingsFile(name, root, problems);
    }

    /// What is wrong with the form of the file.
    public List<LocatedProblem> problems() {
        return problems;
    }

    /// Maps in the order written, lists, strings, numbers, booleans, null; empty if it holds no map.
    public Map<String, @Nullable Object> values() {
        return root.orElse(null) instanceof Node.Mapping mapping
                ? Collections.unmodifiableMap(new LinkedHashMap<>(NodeJson.map(mapping)))
                : Map.of();
    }

    /// The section `pools` and `groups`, read and checked as in a plan.
    ///
    /// @param found takes what is wrong with them
    public SharedResources shared(Consumer<LocatedProblem> found) {
        ProblemSink sink = (at, place, code, message, remedy) ->
                found.accept(new LocatedProblem(name, at.line(), at.column(), place.toString(), code, message, remedy));
        SharedResources shared = new SharedForm(new Form(new Source(""), sink))
                .read(section("pools"), section("groups"), Optional.empty());
        shared.problems().forEach(problem -> found.accept(locate(problem)));
        return shared;
    }

    /// A problem of the value that its path leads to.
    public LocatedProblem locate(Problem problem) {
        return new SourceFile(name, root, Optional.empty(), Map.of(), 0).locate(problem);
    }

    private Optional<Field> section(String key) {
        return Optional.ofNullable(entry(root.orElse(null), key))
                .map(entry -> new Field(entry.value(), Location.ROOT.key(key)));
    }

    /// A problem at the place of the key that `path` leads to, or of the last of its keys that is there.
    public LocatedProblem problem(List<String> path, String code, String message, String remedy) {
        Position at = root.map(Node::at).orElse(Position.START);
        Node node = root.orElse(null);
        for (String key : path) {
            Node.Entry entry = entry(node, key);
            if (entry == null) {
                break;
            }
            at = entry.keyAt();
            node = entry.value();
        }
        return new LocatedProblem(name, at.line(), at.column(), String.join(".", path), code, message, remedy);
    }

    private static Node.@Nullable Entry entry(@Nullable Node node, String key) {
        return node instanceof Node.Mapping mapping
                ? mapping.entries().stream()
                        .filter(entry -> entry.key().equals(key))
                        .findFirst()
                        .orElse(null)
                : null;
    }
}
