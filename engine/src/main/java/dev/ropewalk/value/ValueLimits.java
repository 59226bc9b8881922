package dev.ropewalk.value;

/// How large values may be.
///
/// @param inlineBytes up to here a value is part of the event that records it, beyond it is a blob
/// @param maxResultBytes of one result as JSON
/// @param maxReadBytes of one value that an expression or template reads
/// @param maxTextChars of one text that a template puts together
public record ValueLimits(int inlineBytes, long maxResultBytes, int maxReadBytes, int maxTextChars) {

    private static final int MIB = 1024 * 1024;

    public static final ValueLimits DEFAULT = new ValueLimits(32 * 1024, 256L * MIB, 32 * MIB, 32 * MIB);

    public ValueLimits {
        if (inlineBytes < 0 || maxResultBytes < inlineBytes || maxReadBytes < 1 || maxTextChars < 1) {
            throw new IllegalArgumentException(
                    "limits of values must be positive and the inline size within that of a result: inline %d, result %d, read %d, text %d"
                            .formatted(inlineBytes, maxResultBytes, maxReadBytes, maxTextChars));
        }
    }
}
