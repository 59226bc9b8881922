package dev.ropewalk.format.cel;

/// Finds a text in another in time linear in both.
///
/// The JDK's search is fast for what people write and quadratic for what attackers write (a million
/// times `a`, searched for half a million times `a` and a `b`). So it is used for short patterns alone;
/// for long ones the table of Knuth, Morris and Pratt (SIAM J. Computing 6, 1977).
final class TextSearch {

    private static final int SHORT = 32;

    private TextSearch() {}

    /// The first place at or after `from`, or -1.
    static int indexOf(String text, String pattern, int from) {
        if (pattern.length() <= SHORT) {
            return text.indexOf(pattern, from);
        }
        int[] table = table(pattern);
        int matched = 0;
        for (int i = from; i < text.length(); i++) {
            while (matched > 0 && text.charAt(i) != pattern.charAt(matched)) {
                matched = table[matched - 1];
            }
            if (text.charAt(i) == pattern.charAt(matched)) {
                matched++;
            }
            if (matched == pattern.length()) {
                return i - matched + 1;
            }
        }
        return -1;
    }

    /// The last place, or -1.
    static int lastIndexOf(String text, String pattern) {
        if (pattern.length() <= SHORT) {
            return text.lastIndexOf(pattern);
        }
        String reversedText = reversed(text);
        int found = indexOf(reversedText, reversed(pattern), 0);
        return found < 0 ? -1 : text.length() - found - pattern.length();
    }

    private static String reversed(String text) {
        char[] reversed = new char[text.length()];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = text.charAt(reversed.length - 1 - i);
        }
        return new String(reversed);
    }

    /// For each prefix of the pattern the length of its longest border.
    private static int[] table(String pattern) {
        int[] table = new int[pattern.length()];
        int border = 0;
        for (int i = 1; i < pattern.length(); i++) {
            while (border > 0 && pattern.charAt(i) != pattern.charAt(border)) {
                border = table[border - 1];
            }
            if (pattern.charAt(i) == pattern.charAt(border)) {
                border++;
            }
            table[i] = border;
        }
        return table;
    }
}
