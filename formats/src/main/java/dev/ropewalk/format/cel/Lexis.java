package dev.ropewalk.format.cel;

/// The little that can be said of CEL's texts and words without its parser.
public final class Lexis {

    private Lexis() {}

    /// The place after the string that begins with the quote at `from`, or the end of `source` if
    /// nothing closes it: `"…"`, `'…'`, with three quotes across lines, with an `r` in front without
    /// escapes.
    public static int stringEnd(String source, int from) {
        String quote = source.substring(from, from + 1);
        String end = source.startsWith(quote.repeat(3), from) ? quote.repeat(3) : quote;
        boolean raw = isRaw(source, from);
        int at = from + end.length();
        while (at < source.length()) {
            if (source.startsWith(end, at)) {
                return at + end.length();
            }
            at += source.charAt(at) == '\\' && !raw ? 2 : 1;
        }
        return source.length();
    }

    /// Whether `r`, `R` or one of them beside a `b` stands before the quote, and is no end of a name.
    private static boolean isRaw(String source, int quote) {
        int start = quote;
        while (start > 0 && Names.isPart(source.charAt(start - 1))) {
            start--;
        }
        String prefix = source.substring(start, quote);
        return switch (prefix) {
            case "r", "R", "br", "bR", "Br", "BR", "rb", "rB", "Rb", "RB" -> true;
            default -> false;
        };
    }

    /// How many words, numbers, strings and signs `source` consists of; stops counting at `most`.
    static int tokens(String source, int most) {
        int tokens = 0;
        int at = 0;
        while (at < source.length() && tokens < most) {
            char c = source.charAt(at);
            if (c == '"' || c == '\'') {
                at = stringEnd(source, at);
                tokens++;
            } else if (Names.isPart(c)) {
                while (at < source.length() && Names.isPart(source.charAt(at))) {
                    at++;
                }
                tokens++;
            } else {
                tokens += c <= ' ' ? 0 : 1;
                at++;
            }
        }
        return tokens;
    }
}
