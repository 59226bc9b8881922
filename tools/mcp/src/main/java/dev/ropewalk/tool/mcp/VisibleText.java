package dev.ropewalk.tool.mcp;

/// Text that a server wrote, made safe to show: control characters, terminal sequences, direction
/// marks and letters without a shape stand as `<U+202E>`, so that nothing in it is hidden and nothing
/// acts on a terminal or a log.
final class VisibleText {

    private VisibleText() {}

    /// @param maxChars what is longer is cut, with a mark that says how much is missing
    static String of(String text, int maxChars) {
        StringBuilder visible = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        int at = 0;
        while (at < text.length() && visible.length() < maxChars) {
            int letter = text.codePointAt(at);
            at += Character.charCount(letter);
            if (letter == '\n' || letter == '\t' || isVisible(letter)) {
                visible.appendCodePoint(letter);
            } else {
                visible.append("<U+%04X>".formatted(letter));
            }
        }
        if (at < text.length()) {
            visible.append("… (%d more characters)".formatted(text.length() - at));
        }
        return visible.toString();
    }

    /// The same on one line.
    static String line(String text, int maxChars) {
        return of(text.strip().replaceAll("\\s*\\R\\s*", " | "), maxChars);
    }

    private static boolean isVisible(int letter) {
        return switch (Character.getType(letter)) {
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
