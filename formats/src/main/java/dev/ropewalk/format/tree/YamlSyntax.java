package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/// What the YAML parser says, in our words and positions.
final class YamlSyntax {

    private static final String CODE = "INVALID_YAML";

    private YamlSyntax() {}

    static Position start(Event event) {
        return position(event.getStartMark());
    }

    static void report(MarkedYamlEngineException e, ProblemSink problems) {
        Position at = position(e.getProblemMark().or(e::getContextMark));
        String context = e.getContext() == null ? "" : " (" + e.getContext() + ")";
        String problem = e.getProblem() == null ? "not YAML" : e.getProblem();
        problems.add(at, Location.ROOT, CODE, Quoted.escaped(problem + context, 200), remedy(problem));
    }

    /// A character that YAML does not allow.
    static void report(ReaderException e, String text, ProblemSink problems) {
        int line = 1;
        int column = 1;
        for (int i = 0, seen = 0; i < text.length() && seen < e.getPosition(); seen++) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            column = c == '\n' ? 1 : column + 1;
            line += c == '\n' ? 1 : 0;
        }
        String message = "the character U+%04X is not allowed in YAML".formatted(e.getCodePoint());
        problems.add(
                new Position(line, column),
                Location.ROOT,
                CODE,
                message,
                "write it escaped in a string in double quotes");
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(Position.START);
    }

    private static String remedy(String problem) {
        if (problem.contains("mapping values are not allowed")) {
            return "put a string that holds \": \" in quotes, and check the indentation";
        }
        if (problem.contains("expected ',' or")) {
            return "separate the values with commas, close the bracket, and put a string that holds \": \" in quotes";
        }
        if (problem.contains("cannot start any token")) {
            return problem.contains("TAB") || problem.contains("\\t")
                    ? "indent with spaces, not with tabs"
                    : "put the value in quotes";
        }
        if (problem.contains("could not find expected ':'")) {
            return "write `key: value`, or put the value in quotes";
        }
        if (problem.contains("expected <block end>")) {
            return "indent this line like the entries above it";
        }
        return "check the lines above for a missing quote, bracket or colon";
    }
}
