package dev.ropewalk.value;

import dev.ropewalk.tool.Output;

/// What follows an output that was cut, so that nobody takes a part for the whole.
final class TruncationMark {

    private TruncationMark() {}

    /// Empty if nothing was cut.
    static String of(Output output) {
        return output.truncated()
                ? "\n[truncated: %d bytes in all, the first %d kept]".formatted(output.totalBytes(), output.keptBytes())
                : "";
    }
}
