package dev.ropewalk.tool.mcp;

import java.util.ArrayList;
import java.util.List;

/// The problems of the configuration, gathered to be told at once.
final class Problems {
    private final List<String> lines = new ArrayList<>();

    void add(String path, String problem) {
        lines.add(path + ": " + problem);
    }

    void throwIfAny() {
        if (!lines.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), lines));
        }
    }
}
