package dev.ropewalk.agents;

import java.util.List;
import java.util.Objects;

/// Where an agent stands.
///
/// @param running attempts that it runs
/// @param measures of the tools that it called lately, in order of name
public record AgentStatus(AgentDescriptor agent, State state, int running, List<Measure> measures) {

    /// What an agent is ready for.
    public enum State {
        /// It has room.
        AVAILABLE,
        /// It runs as many attempts as it takes at once.
        BUSY,
        /// It ends what it runs and takes nothing more.
        DRAINING,
        /// It was not heard of for too long.
        OFFLINE
    }

    /// What was measured of the agent's calls of one tool; older calls count less.
    ///
    /// @param calls how many ended with an outcome
    /// @param successRate from 0 to 1
    /// @param speed where the one for which durations are declared is 1
    public record Measure(String tool, long calls, double successRate, double speed) {}

    public AgentStatus {
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(state, "state");
        measures = List.copyOf(measures);
    }
}
