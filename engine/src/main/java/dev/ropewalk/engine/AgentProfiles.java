package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentProfile;
import dev.ropewalk.agent.Roster;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.plan.AgentCheck;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What agents say of themselves, in the words of the core.
public final class AgentProfiles {

    private AgentProfiles() {}

    /// @throws IllegalArgumentException if the agent describes what cannot be
    public static AgentProfile of(AgentDescriptor agent) {
        List<String> offered = new ArrayList<>(agent.runs());
        agent.tools().forEach(tool -> offered.add(tool.name()));
        return new AgentProfile(
                agent.name(),
                agent.type(),
                agent.capabilities(),
                agent.capacity(),
                agent.milliSpeed(),
                agent.microCostPerSecond(),
                agent.microCostPerCall(),
                agent.labels(),
                offered,
                agent.heartbeat()
                        .map(within -> Math.max(1, within.toNanos() / 1_000))
                        .orElse(0L));
    }

    /// Checks plans against these agents and no others.
    public static AgentCheck check(Collection<AgentDescriptor> agents) {
        return Roster.of(agents.stream().map(AgentProfiles::of).toList());
    }
}
