package dev.ropewalk.value;

/// How much JSON is read or written before it is refused; what comes from tools is not trusted.
///
/// @param maxDepth how deep lists and maps may be nested
/// @param maxBytes of one document
/// @param maxStringChars of one string
/// @param maxNumberChars of one number as written
/// @param maxKeyChars of one key of a map
public record JsonLimits(int maxDepth, long maxBytes, int maxStringChars, int maxNumberChars, int maxKeyChars) {

    private static final int MIB = 1024 * 1024;

    public static final JsonLimits DEFAULT = new JsonLimits(128, 64L * MIB, 32 * MIB, 1_000, 50_000);

    public JsonLimits {
        if (maxDepth < 1 || maxDepth > 1_000) {
            throw new IllegalArgumentException(
                    "json.maxDepth is %d but must be from 1 to 1000, or the stack may not hold a value"
                            .formatted(maxDepth));
        }
        if (maxBytes < 1 || maxStringChars < 1 || maxNumberChars < 1 || maxKeyChars < 1) {
            throw new IllegalArgumentException("limits of JSON must be positive: bytes %d, string %d, number %d, key %d"
                    .formatted(maxBytes, maxStringChars, maxNumberChars, maxKeyChars));
        }
    }
}
