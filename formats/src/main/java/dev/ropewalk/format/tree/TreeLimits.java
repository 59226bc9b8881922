package dev.ropewalk.format.tree;

/// How large a plan file may be; beyond, it is refused with the code `LIMIT_EXCEEDED`.
///
/// @param yamlBytes size of a YAML file, and of what its aliases may expand it to
/// @param yamlDepth how deep lists and maps of YAML may be nested
/// @param yamlAliases how many aliases (`*name`) a YAML file may hold
/// @param jsonBytes size of a JSON file
/// @param jsonDepth how deep lists and maps of JSON may be nested
/// @param values values of a file, parts of lists and maps counted one by one
/// @param numberLength characters of one number
public record TreeLimits(
        int yamlBytes, int yamlDepth, int yamlAliases, int jsonBytes, int jsonDepth, int values, int numberLength) {

    private static final int MIB = 1024 * 1024;

    public static final TreeLimits DEFAULT = new TreeLimits(4 * MIB, 64, 50, 32 * MIB, 128, 2_000_000, 1_000);

    public TreeLimits {
        if (yamlBytes < 1
                || yamlDepth < 1
                || yamlAliases < 0
                || jsonBytes < 1
                || jsonDepth < 1
                || values < 1
                || numberLength < 1) {
            throw new IllegalArgumentException(
                    "limits of a plan file must be positive: yaml %d bytes, depth %d, %d aliases; json %d bytes, depth %d; %d values; numbers of %d characters"
                            .formatted(yamlBytes, yamlDepth, yamlAliases, jsonBytes, jsonDepth, values, numberLength));
        }
    }
}
