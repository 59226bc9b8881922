package dev.ropewalk.cli;

/// Makes text from anywhere safe to print: what would move the cursor, ring, colour, or turn the
/// direction of reading is shown as an escape.
final class PlainText {

    private PlainText() {}

    /// Line breaks and tabs stay.
    static String of(String text) {
        return escape(text, true);
    }

    /// As [#of], on one line of at most `width` characters.
    static String line(String text, int width) {
        String line = escape(text, false);
        if (line.codePointCount(0, line.length()) <= width) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, Math.max(0, width - 1))) + "…";
    }

    private static String escape(String text, boolean lines) {
        if (text.codePoints().noneMatch(c -> isUnsafe(c, lines))) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!isUnsafe(c, lines)) {
                safe.appendCodePoint(c);
            } else if (c == '\n' || c == '\t') {
                safe.append(' ');
            } else {
                safe.append(String.format("\\u%04x", c));
            }
        });
        return safe.toString();
    }

    private static boolean isUnsafe(int c, boolean lines) {
        if (c == '\n' || c == '\t') {
            return !lines;
        }
        return Character.isISOControl(c)
                || (c >= 0x202A && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0x200E
                || c == 0x200F
                || c == 0x2028
                || c == 0x2029
                || c == 0xFEFF;
    }
}
