package dev.ropewalk.agent;

import dev.ropewalk.plan.AgentCheck;
import dev.ropewalk.plan.AgentRequirement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Checks requirements against a list of agents.
///
/// @param agents those that there are, or were
public record Roster(List<AgentProfile> agents) implements AgentCheck {

    public Roster {
        agents = List.copyOf(agents);
    }

    public static Roster of(Collection<AgentProfile> agents) {
        return new Roster(List.copyOf(agents));
    }

    @Override
    public Optional<String> missing(AgentRequirement requirement, String tool) {
        AgentDemand demand = AgentDemand.of(requirement, tool);
        return agents.stream().anyMatch(agent -> agent.meets(demand))
                ? Optional.empty()
                : Optional.of(demand.missing(agents));
    }
}
