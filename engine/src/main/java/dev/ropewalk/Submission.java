package dev.ropewalk;

/// An accepted execution.
///
/// @param known whether an earlier submit of the same key (or id) and the same body had made it
public record Submission(String executionId, boolean known) {}
