package dev.ropewalk.format.cel;

import dev.cel.common.CelIssue;
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

    private CheckerWords() {}

    static Complaint complaint(CelIssue issue, String source) {
        int offset = offset(issue, source);
        String message = issue.getMessage();
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
        return Complaint.invalid(offset, Quoted.escaped(message, 200), "");
    }

    private static Complaint unexpected(Matcher found, int offset) {
        String text =
                found.group(1) != null ? found.group(1) : found.group(2) != null ? found.group(2) : found.group(3);
        return text.equals("<EOF>")
                ? Complaint.invalid(offset, "the expression ends too early", "close what is open, or finish it")
                : Complaint.invalid(
                        offset,
                        "%s is not expected here".formatted(Quoted.of(text)),
                        "texts stand in quotes, strings are joined with +");
    }

    private static Complaint noOverload(String function, String types, int offset) {
        boolean operator = !Names.isName(function.replace(".", ""));
        String name = function.equals("@in") ? "in" : operator ? function.replace("_", "") : function;
        String nouns = nouns(types);
        String remedy = operator && types.contains("string")
                ? "convert one of them: string(x), int(x), double(x)"
                : operator ? "the two sides must be of the same kind" : "see the functions in the plan reference";
        return Complaint.invalid(offset, "%s does not take %s".formatted(name, nouns), remedy);
    }

    /// `(int, string)`, or `int.(string)` of a function called on a value.
    private static String nouns(String types) {
        String flat = types.replace(".(", ", ").replace("(", "").replace(")", "");
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
            case "string" -> "a text";
            case "int" -> "a whole number";
            case "double" -> "a number";
            case "bool" -> "true or false";
            case "null_type", "null" -> "null";
            case "dyn", "any" -> "any value";
            default -> type.startsWith("list") ? "a list" : type.startsWith("map") ? "a map" : type;
        };
    }

    static int offset(CelIssue issue, String source) {
        int at = 0;
        for (int line = 1; line < issue.getSourceLocation().getLine(); line++) {
            at = source.indexOf('\n', at) + 1;
        }
        return at + issue.getSourceLocation().getColumn();
    }
}
