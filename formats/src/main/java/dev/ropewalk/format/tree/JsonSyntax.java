package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;

/// What the JSON parser says, in our words and positions.
final class JsonSyntax {

    private JsonSyntax() {}

    static void report(JacksonException e, ProblemSink problems) {
        TokenStreamLocation location = e.getLocation();
        Position at = location == null
                ? Position.START
                : new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
        String message = Quoted.escaped(firstSentence(e.getOriginalMessage()), 200);
        if (e instanceof StreamConstraintsException) {
            problems.add(at, Location.ROOT, "LIMIT_EXCEEDED", message, "make the value smaller or less deeply nested");
        } else {
            problems.add(at, Location.ROOT, "INVALID_JSON", message, remedy(message));
        }
    }

    private static String firstSentence(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    private static String remedy(String message) {
        if (message.contains("end-of-input")) {
            return "close what is open: a quote, a bracket or a brace";
        }
        return "files that end in .json are strict JSON: no comments, no trailing commas, keys in double quotes";
    }
}
