package dev.ropewalk.store;

import dev.ropewalk.store.StoreException.Kind;
import java.util.Arrays;

/// A registered definition.
///
/// @param version as stated; empty if it states none
/// @param format of the definition, for whoever reads it: `yaml`, `json`
/// @param definition the text with everything that it includes
/// @param registeredAt microseconds since 1970
public record WorkflowRow(
        String namespace,
        String name,
        String version,
        String format,
        byte[] definition,
        String description,
        long registeredAt) {

    /// Every store calls this on what it has when the same name and version is registered again.
    ///
    /// @throws StoreException `CONFLICT` if `other` is another definition
    public void checkSame(WorkflowRow other) {
        if (!format.equals(other.format) || !Arrays.equals(definition, other.definition)) {
            String named = version.isEmpty() ? name + " without a version" : name + " version " + version;
            throw new StoreException(
                    Kind.CONFLICT,
                    "workflow %s is registered with another definition; give the new one a new version"
                            .formatted(named));
        }
    }
}
