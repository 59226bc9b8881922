package dev.ropewalk.value;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/// Finds any of many byte strings in one pass over a text, however long: the automaton of Aho and
/// Corasick (Efficient string matching, CACM 18(6), 1975). Immutable.
///
/// A state is a prefix of some pattern: the longest one that the bytes read so far end with. So
/// [#depth] says how many of the last bytes may still turn out to belong to a match.
///
/// The trie is kept as first child and next sibling, about 20 bytes for each byte of a pattern: the
/// forms of a private key have 30,000 of them, and a table of 256 entries for each would be too much.
final class SecretPatterns {

    static final SecretPatterns NONE = new SecretPatterns(List.of());
    static final int START = 0;

    private final byte[] labels;
    private final int[] firstChild;
    private final int[] nextSibling;
    private final int[] shorter;
    private final int[] depths;
    private final int[] matches;

    /// The children of the start, where most bytes lead to none, by byte.
    private final int[] fromStart = new int[256];

    private int states = 1;

    SecretPatterns(Collection<byte[]> patterns) {
        int most = 1 + patterns.stream().mapToInt(pattern -> pattern.length).sum();
        labels = new byte[most];
        firstChild = new int[most];
        nextSibling = new int[most];
        shorter = new int[most];
        depths = new int[most];
        matches = new int[most];
        patterns.forEach(this::add);
        link();
    }

    private void add(byte[] pattern) {
        int state = START;
        for (byte label : pattern) {
            int child = child(state, label);
            if (child == START) {
                child = states++;
                labels[child] = label;
                depths[child] = depths[state] + 1;
                nextSibling[child] = firstChild[state];
                firstChild[state] = child;
                if (state == START) {
                    fromStart[label & 0xff] = child;
                }
            }
            state = child;
        }
        matches[state] = pattern.length;
    }

    /// Finds for each state the longest shorter prefix that its bytes end with, level by level.
    private void link() {
        int[] queue = new int[states];
        int end = 0;
        for (int child = firstChild[START]; child != START; child = nextSibling[child]) {
            queue[end++] = child;
        }
        for (int at = 0; at < end; at++) {
            int state = queue[at];
            matches[state] = Math.max(matches[state], matches[shorter[state]]);
            for (int child = firstChild[state]; child != START; child = nextSibling[child]) {
                shorter[child] = after(shorter[state], labels[child]);
                queue[end++] = child;
            }
        }
    }

    private int child(int state, byte label) {
        if (state == START) {
            return fromStart[label & 0xff];
        }
        int child = firstChild[state];
        while (child != START && labels[child] != label) {
            child = nextSibling[child];
        }
        return child;
    }

    boolean isEmpty() {
        return states == 1;
    }

    int after(int state, byte label) {
        int at = state;
        int child = child(at, label);
        while (child == START && at != START) {
            at = shorter[at];
            child = child(at, label);
        }
        return child;
    }

    int depth(int state) {
        return depths[state];
    }

    /// How many of the last bytes are a pattern, the longest one; 0 if none are.
    int match(int state) {
        return matches[state];
    }

    /// The longest pattern.
    int longest() {
        return Arrays.stream(depths).max().orElse(0);
    }

    boolean areIn(byte[] text) {
        int state = START;
        for (byte b : text) {
            state = after(state, b);
            if (matches[state] > 0) {
                return true;
            }
        }
        return false;
    }
}
