package dev.ropewalk.agents;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/// That tasks wait for an agent, and why.
///
/// @param what they wait for: `agent of type writer that offers summarise`
/// @param reason that nobody can, that all are busy, or that a faster one is worth waiting for
/// @param until when they ask again at the latest; empty if only agents can end it
public record AgentWait(String what, String reason, Optional<Instant> until) {

    public AgentWait {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(until, "until");
    }
}
