package dev.ropewalk.plan;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Finds the name that somebody may have meant: the nearest by edit distance (insertions, deletions,
/// replacements, and swaps of neighbours), if it is near enough.
///
/// Source: optimal string alignment distance; L. Boytsov, "Indexing methods for approximate
/// dictionary searching", ACM JEA 16, 2011.
public final class DidYouMean {

    private static final int MAX_LENGTH = 64;
    private static final int MAX_CANDIDATES = 10_000;
    private static final int MAX_SHOWN = 8;

    private DidYouMean() {}

    /// `did you mean "x"?`, or `otherwise`.
    public static String remedy(String word, Collection<String> known, String otherwise) {
        return closest(word, known)
                .map(name -> "did you mean " + Quoted.of(name) + "?")
                .orElse(otherwise);
    }

    /// The first few names: `"a", "b", "c" and 4 more`.
    public static String list(Collection<String> names) {
        String first = names.stream().limit(MAX_SHOWN).map(Quoted::of).collect(Collectors.joining(", "));
        return names.size() > MAX_SHOWN ? first + " and " + Quoted.count(names.size() - MAX_SHOWN) + " more" : first;
    }

    public static Optional<String> closest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String wanted = word.toLowerCase(Locale.ROOT);
        int allowed = Math.max(1, word.length() / 3);
        int left = MAX_CANDIDATES;
        String best = null;
        for (String candidate : known) {
            if (left-- == 0) {
                break;
            }
            if (Math.abs(candidate.length() - word.length()) > allowed) {
                continue;
            }
            int distance = distance(wanted, candidate.toLowerCase(Locale.ROOT));
            if (distance <= allowed) {
                best = candidate;
                allowed = distance - 1;
            }
        }
        return Optional.ofNullable(best);
    }

    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }
}
