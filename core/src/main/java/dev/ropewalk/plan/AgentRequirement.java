package dev.ropewalk.plan;

import java.util.Map;
import java.util.Objects;

/// Which agents may run a task.
///
/// @param type of agent; empty for any
/// @param capabilities what the agent must be capable of, with the least proficiency from 0 to 1,000
/// @param sticky the key under which tasks go to the same agent as long as it is there; empty for none
public record AgentRequirement(String type, Map<String, Integer> capabilities, String sticky) {

    public AgentRequirement {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(sticky, "sticky");
        capabilities = Map.copyOf(capabilities);
    }
}
