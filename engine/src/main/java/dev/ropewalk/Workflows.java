package dev.ropewalk;

import java.util.List;
import java.util.Optional;

/// The workflows registered in a store. Safe for use by several threads.
public interface Workflows {

    /// A registered definition.
    ///
    /// @param version empty if it states none
    /// @param format of the definition: `yaml`, `json`
    record Definition(String name, String version, String format, String text, String description) {}

    /// Keeps the definition; returns once that is durable.
    ///
    /// @throws EngineException `CONFLICT` if the same name and version holds another definition
    void register(Definition definition);

    /// All definitions, by name, the versions of one in the order in which they were registered.
    List<Definition> list();

    /// @param version empty for the one registered last
    Optional<Definition> find(String name, String version);
}
