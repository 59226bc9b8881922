package dev.ropewalk.format.cel;

import com.google.re2j.Matcher;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions on texts. Positions count characters (code points), as CEL says.
final class TextFunctions {

    private TextFunctions() {}

    static void addTo(Functions.Table table) {
        table.add("contains", 2, (a, run) -> TextSearch.indexOf(text(a, 0, run), text(a, 1, run), 0) >= 0);
        table.add("startsWith", 2, (a, run) -> text(a, 0, run).startsWith(text(a, 1, run)));
        table.add("endsWith", 2, (a, run) -> text(a, 0, run).endsWith(text(a, 1, run)));
        table.add("matches", 2, TextFunctions::matches);
        table.add("charAt", 2, TextFunctions::charAt);
        table.add("indexOf", 2, TextFunctions::indexOf);
        table.add("lastIndexOf", 2, TextFunctions::lastIndexOf);
        table.add("lowerAscii", 1, (a, run) -> mapAscii(text(a, 0, run), 'A', 'Z', 'a' - 'A'));
        table.add("upperAscii", 1, (a, run) -> mapAscii(text(a, 0, run), 'a', 'z', 'A' - 'a'));
        table.add("trim", 1, (a, run) -> trim(text(a, 0, run)));
        table.add("substring", 2, (a, run) -> substring(text(a, 0, run), whole(a, 1), Long.MAX_VALUE));
        table.add("substring", 3, (a, run) -> substring(text(a, 0, run), whole(a, 1), whole(a, 2)));
        table.add("replace", 3, (a, run) -> replace(a, -1, run));
        table.add("replace", 4, (a, run) -> replace(a, whole(a, 3), run));
        table.add("split", 2, (a, run) -> split(text(a, 0, run), text(a, 1, run), -1, run));
        table.add("split", 3, (a, run) -> split(text(a, 0, run), text(a, 1, run), whole(a, 2), run));
        table.add("join", 1, (a, run) -> join(a.get(0), "", run));
        table.add("join", 2, (a, run) -> join(a.get(0), text(a, 1, run), run));
    }

    /// The argument, which must be a text; reading it is paid for.
    static String text(List<? extends @Nullable Object> arguments, int index, Run run) {
        if (arguments.get(index) instanceof String text) {
            run.spendText(text.length());
            return text;
        }
        throw new Functions.Mismatch();
    }

    static long whole(List<? extends @Nullable Object> arguments, int index) {
        if (arguments.get(index) instanceof Long number) {
            return number;
        }
        throw new Functions.Mismatch();
    }

    private static Object matches(List<? extends @Nullable Object> arguments, Run run) {
        String text = text(arguments, 0, run);
        RegularExpression expression = run.regularExpression(text(arguments, 1, run));
        run.spend(expression.costOf(text));
        Matcher matcher = expression.pattern().matcher(text);
        return matcher.find();
    }

    private static String charAt(List<? extends @Nullable Object> arguments, Run run) {
        String text = text(arguments, 0, run);
        long index = whole(arguments, 1);
        int length = text.codePointCount(0, text.length());
        if (index < 0 || index > length) {
            throw new Failure("the string has %d characters, so there is no charAt(%d)".formatted(length, index));
        }
        return index == length ? "" : substring(text, index, index + 1);
    }

    private static long indexOf(List<? extends @Nullable Object> arguments, Run run) {
        String text = text(arguments, 0, run);
        int index = TextSearch.indexOf(text, text(arguments, 1, run), 0);
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static long lastIndexOf(List<? extends @Nullable Object> arguments, Run run) {
        String text = text(arguments, 0, run);
        int index = TextSearch.lastIndexOf(text, text(arguments, 1, run));
        return index < 0 ? -1 : text.codePointCount(0, index);
    }

    private static String mapAscii(String text, char first, char last, int distance) {
        StringBuilder mapped = new StringBuilder(text);
        for (int i = 0; i < mapped.length(); i++) {
            char c = mapped.charAt(i);
            if (c >= first && c <= last) {
                mapped.setCharAt(i, (char) (c + distance));
            }
        }
        return mapped.toString();
    }

    private static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (end > start && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /// The property White_Space of Unicode; all of them are single chars.
    private static boolean isSpace(char c) {
        return switch (c) {
            case ' ', '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000' -> true;
            default -> (c >= '\t' && c <= '\r') || (c >= '\u2000' && c <= '\u200A');
        };
    }

    private static String substring(String text, long from, long to) {
        int length = text.codePointCount(0, text.length());
        long end = to == Long.MAX_VALUE ? length : to;
        if (from < 0 || from > end || end > length) {
            throw new Failure(
                    "the string has %d characters, so there is no substring(%d, %d)".formatted(length, from, end));
        }
        int start = text.offsetByCodePoints(0, (int) from);
        return text.substring(start, text.offsetByCodePoints(start, (int) (end - from)));
    }

    private static String replace(List<? extends @Nullable Object> arguments, long limit, Run run) {
        String text = text(arguments, 0, run);
        String search = text(arguments, 1, run);
        String replacement = text(arguments, 2, run);
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        long left = limit < 0 ? Long.MAX_VALUE : limit;
        int found = left == 0 ? -1 : TextSearch.indexOf(text, search, 0);
        while (found >= 0 && left-- > 0) {
            run.spendText(found - at + replacement.length());
            replaced.append(text, at, found).append(replacement);
            at = found + search.length();
            // An empty text is found before every character and at the end.
            int next = search.isEmpty() ? found + 1 : at;
            found = next > text.length() ? -1 : TextSearch.indexOf(text, search, next);
        }
        return replaced.append(text, at, text.length()).toString();
    }

    private static List<@Nullable Object> split(String text, String separator, long limit, Run run) {
        List<@Nullable Object> pieces = new ArrayList<>();
        if (limit == 0) {
            return Made.list();
        }
        int at = 0;
        while (limit < 0 || pieces.size() < limit - 1) {
            int end = separator.isEmpty()
                    ? at + 1 < text.length() ? text.offsetByCodePoints(at, 1) : -1
                    : TextSearch.indexOf(text, separator, at);
            if (end < 0 || (separator.isEmpty() && end == text.length())) {
                break;
            }
            run.spendText(end - at);
            pieces.add(text.substring(at, end));
            at = end + separator.length();
        }
        run.spendText(text.length() - at);
        pieces.add(text.substring(at));
        return Made.list(pieces.toArray());
    }

    private static String join(@Nullable Object value, String separator, Run run) {
        if (!(value instanceof List<?> list)) {
            throw new Functions.Mismatch();
        }
        StringBuilder joined = new StringBuilder();
        for (Iterator<?> elements = list.iterator(); elements.hasNext(); ) {
            if (!(elements.next() instanceof String text)) {
                throw new Failure("join takes a list of strings; use map(x, string(x)) for other elements");
            }
            run.spendText(text.length() + separator.length());
            joined.append(text).append(elements.hasNext() ? separator : "");
        }
        return joined.toString();
    }
}
