package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A text that was composed, for tests.
///
/// @param problems with the line and column in front of the message
record Composed(Optional<Node> tree, List<Problem> problems) {

    static Composed of(TextFormat format, byte[] bytes) {
        return of(format, bytes, TreeLimits.DEFAULT);
    }

    static Composed of(TextFormat format, byte[] bytes, TreeLimits limits) {
        List<Problem> problems = new ArrayList<>();
        ProblemSink sink = (at, place, code, message, remedy) -> problems.add(
                new Problem(code, place.toString(), at.line() + ":" + at.column() + " " + message, remedy));
        Optional<Node> tree = SourceText.decode(bytes, sink).flatMap(text -> format.compose(text, limits, sink));
        return new Composed(tree, problems);
    }

    List<String> codes() {
        return problems.stream().map(Problem::code).toList();
    }
}
