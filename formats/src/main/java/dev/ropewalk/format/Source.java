package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;

/// The text of a plan file, to find places inside of its values.
record Source(String text) {

    /// Where the character `offset` of a text stands. That is known if the text stands in the file as it
    /// is, in one line, with or without quotes; else it is where the text begins.
    Position inside(Node.Scalar value, int offset) {
        int line = lineStart(value.at().line());
        int end = text.indexOf('\n', line);
        String written = text.substring(line, end < 0 ? text.length() : end);
        int column = value.at().column() - 1;
        int start = column > written.codePointCount(0, written.length()) ? -1 : written.offsetByCodePoints(0, column);
        if (start >= 0 && start < written.length() && (written.charAt(start) == '"' || written.charAt(start) == '\'')) {
            start++;
        }
        String before = value.text().substring(0, offset);
        return start >= 0 && written.startsWith(before, start)
                ? new Position(value.at().line(), 1 + written.codePointCount(0, start + offset))
                : value.at();
    }

    private int lineStart(int line) {
        int start = 0;
        for (int i = 1; i < line; i++) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return text.length();
            }
            start = end + 1;
        }
        return start;
    }
}
