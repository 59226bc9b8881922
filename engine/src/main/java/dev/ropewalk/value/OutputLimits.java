package dev.ropewalk.value;

/// How much of what a tool puts out is kept.
///
/// @param memoryBytes up to here in memory, beyond in a temporary file
/// @param maxBytes beyond, bytes are counted and dropped
public record OutputLimits(int memoryBytes, long maxBytes) {

    public static final OutputLimits DEFAULT = new OutputLimits(256 * 1024, 16L * 1024 * 1024);

    public OutputLimits {
        if (memoryBytes < 0 || maxBytes < memoryBytes) {
            throw new IllegalArgumentException(
                    "output.memoryBytes is %d and output.maxBytes is %d; they must be at least 0, the first at most the second"
                            .formatted(memoryBytes, maxBytes));
        }
    }
}
