package dev.ropewalk.plan;

import java.util.HashMap;
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

    /// An agent of this type.
    public static AgentRequirement ofType(String type) {
        return new AgentRequirement(type, Map.of(), "");
    }

    /// An agent that is capable of these, however well.
    public static AgentRequirement capableOf(String... capabilities) {
        AgentRequirement agent = ofType("");
        for (String capability : capabilities) {
            agent = agent.with(capability, 0);
        }
        return agent;
    }

    /// @param proficiency the least, from 0 to 1,000
    public AgentRequirement with(String capability, int proficiency) {
        Map<String, Integer> more = new HashMap<>(capabilities);
        more.put(capability, proficiency);
        return new AgentRequirement(type, more, sticky);
    }

    public AgentRequirement withSticky(String key) {
        return new AgentRequirement(type, capabilities, key);
    }
}
