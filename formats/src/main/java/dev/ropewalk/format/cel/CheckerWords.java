package dev.ropewalk.format.cel;

import dev.ropewalk.plan.Quoted;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What CEL's parser and checker say, in our words.
final class CheckerWords {

    private static final Pattern NO_OVERLOAD = Pattern.compile(
            "found no matching overload for '([^']*)' applied to '(.*?)'( \\(candidates: .*)?", Pattern.DOTALL);
    private static final Pattern NO_FIELDS = Pattern.compile("type '([^']*)' does not support field selection");
    private static final Pattern NO_RANGE = Pattern.compile("expression of type '([^']*)' cannot be range of .*");
    private static final Pattern UNEXPECTED = Pattern.compile(
            "(?:mismatched|extraneous) input '(.*)' expecting .*|no viable alternative at input '(.*)'|missing .* at '(.*)'",
            Pattern.DOTALL);

    private static final String NO_TOKEN = "token recognition error at: ";
    private static final String RESERVED = "reserved identifier:";

    private CheckerWords() {}

    /// @param offset where in the source it is
    static Complaint complaint(String message, int offset) {
        Matcher overload = NO_OVERLOAD.matcher(message);
        if (overload.matches()) {
            return noOverload(overload.group(1), overload.group(2), offset);
        }
        Matcher fields = NO_FIELDS.matcher(message);
        if (fields.matches()) {
            return Complaint.invalid(
                    offset, "%s has no members".formatted(noun(fields.group(1))), "only maps have members");
        }
        Matcher range = NO_RANGE.matcher(message);
        if (range.matches()) {
            return Complaint.invalid(
                    offset, "%s has no elements".formatted(noun(range.group(1))), "only lists and maps have elements");
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        if (unexpected.matches()) {
            return unexpected(unexpected, offset);
        }
        if (message.startsWith(NO_TOKEN + "'\"") || message.startsWith(NO_TOKEN + "''")) {
            return Complaint.invalid(
                    offset,
                    "a string has no end",
                    "close it; a line break in it is written \\n, inside \"…\" of YAML \\\\n");
        }
        if (message.startsWith(RESERVED)) {
            String word = Quoted.of(message.substring(RESERVED.length()).strip());
            return Complaint.invalid(offset, "%s is a word of CEL's own".formatted(word), "use another name");
        }
        return Complaint.invalid(offset, Quoted.escaped(message, 200), "see the expressions in the plan reference");
    }

    private static Complaint unexpected(Matcher found, int offset) {
        String text =
                found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
        return text.equals("<EOF>")
                ? Complaint.invalid(offset, "the expression ends too early", "close what is open, or finish it")
                : Complaint.invalid(
                        offset,
                        "%s is not expected here".formatted(Quoted.of(text)),
                        "strings stand in quotes and are joined with +");
    }

    private static Complaint noOverload(String function, String types, int offset) {
        boolean operator = !Names.isName(function.replace(".", ""));
        String name = function.equals("@in") ? "in" : operator ? function.replace("_", "") : function;
        String nouns = nouns(types);
        if (function.equals("_[_]")) {
            return Complaint.invalid(
                    offset, "[ ] does not take " + nouns, "the index of a list is an integer, that of a map a string");
        }
        if (function.equals("_?_:_")) {
            String values = nouns(types.substring(types.indexOf(',') + 1));
            return Complaint.invalid(
                    offset, "both values of ? : must be of one kind, not " + values, "wrap one of them in dyn(…)");
        }
        String remedy = operator && types.contains("string")
                ? "convert one of them: string(x), int(x), double(x)"
                : operator ? "the two sides must be of the same kind" : "see the functions in the plan reference";
        return Complaint.invalid(offset, "%s does not take %s".formatted(name, nouns), remedy);
    }

    /// `(int, string)`, or `int.(string)` of a function called on a value.
    private static String nouns(String types) {
        String flat =
                types.replace(".()", "").replace(".(", ", ").replace("(", "").replace(")", "");
        StringBuilder nouns = new StringBuilder();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= flat.length(); i++) {
            boolean end = i == flat.length();
            char c = end ? ',' : flat.charAt(i);
            depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            if (c == ',' && (depth == 0 || end)) {
                String type = flat.substring(start, i).strip();
                nouns.append(nouns.isEmpty() ? "" : " and ").append(type.isEmpty() ? "nothing" : noun(type));
                start = i + 1;
            }
        }
        return nouns.toString();
    }

    static String noun(String type) {
        return switch (type) {
            case "string" -> "a string";
            case "int" -> "an integer";
            case "double" -> "a number";
            case "bool" -> "true or false";
            case "null_type", "null" -> "null";
            case "dyn", "any" -> "any value";
            default -> type.startsWith("list") ? "a list" : type.startsWith("map") ? "a map" : type;
        };
    }
}
