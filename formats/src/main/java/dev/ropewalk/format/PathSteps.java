package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Follows an address such as `steps[0].with["a b"]` through a tree, step by step.
final class PathSteps {

    /// A value below another one, and its address.
    record Child(Node node, Location place) {}

    private PathSteps() {}

    /// The parts of the address as they are written: `steps`, `[0]`, `with`, `["a b"]`.
    static List<String> of(String path) {
        List<String> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            int end = end(path, at);
            steps.add(path.substring(at, end));
            at = end < path.length() && path.charAt(end) == '.' ? end + 1 : end;
        }
        return steps;
    }

    private static int end(String path, int from) {
        if (path.charAt(from) == '[') {
            String close = path.startsWith("[\"", from) ? "\"]" : "]";
            int end = path.indexOf(close, from + 1);
            return end < 0 ? path.length() : end + close.length();
        }
        int end = from + 1;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end;
    }

    /// The part of `parent` that the step names, if there is one.
    static @Nullable Child child(Node parent, Location place, String step) {
        return switch (parent) {
            case Node.Scalar _ -> null;
            case Node.Sequence(Position _, List<Node> items) -> {
                int index = index(step);
                yield index >= 0 && index < items.size() ? new Child(items.get(index), place.index(index)) : null;
            }
            case Node.Mapping(Position _, List<Node.Entry> entries) -> {
                for (Node.Entry entry : entries) {
                    if (Location.ROOT.key(entry.key()).toString().equals(step)) {
                        yield new Child(entry.value(), place.key(entry.key()));
                    }
                }
                yield null;
            }
        };
    }

    private static int index(String step) {
        boolean number = step.length() > 2
                && step.length() < 12
                && step.charAt(0) == '['
                && step.chars().skip(1).limit(step.length() - 2L).allMatch(Character::isDigit);
        return number ? (int) Math.min(Integer.MAX_VALUE, Long.parseLong(step, 1, step.length() - 1, 10)) : -1;
    }
}
