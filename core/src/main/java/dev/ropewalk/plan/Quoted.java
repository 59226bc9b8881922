package dev.ropewalk.plan;

import java.time.Duration;
import java.util.Locale;

/// Text of unknown origin made fit for a message: quoted, cut to a bearable length, and with every
/// character that could move the cursor, turn the writing direction or hide shown by its number.
public final class Quoted {

    private static final int MAX_LENGTH = 80;

    private Quoted() {}

    public static String of(String text) {
        return '"' + escaped(cut(text).replace("\\", "\\\\").replace("\"", "\\\""), MAX_LENGTH) + '"';
    }

    private static String cut(String text) {
        // Ten million characters are not worth a copy of which eighty are shown.
        return text.length() > 2 * MAX_LENGTH ? text.substring(0, 2 * MAX_LENGTH) : text;
    }

    /// Without the quotes, for what is quoted already.
    public static String escaped(String text, int maxLength) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), maxLength);
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (isVisible(c)) {
                shown.appendCodePoint(c);
            } else {
                shown.append("\\u{%X}".formatted(c));
            }
        }
        return shown.append(end < text.length() ? "…" : "").toString();
    }

    /// A number as people write it in English: `100,000`.
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// A duration as plan files write it: `1h30m`, `0.25s`.
    static String duration(Duration duration) {
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /// One character with its number, which tells look-alikes apart.
    static String character(int c) {
        String number = "U+%04X".formatted(c);
        return isVisible(c) && c != ' ' ? "'" + Character.toString(c) + "' (" + number + ")" : number;
    }

    /// Whether every character of it can be seen.
    static boolean isVisible(String text) {
        return text.codePoints().allMatch(Quoted::isVisible);
    }

    private static boolean isVisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
