package dev.ropewalk.store;

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
        long registeredAt) {}
