package dev.ropewalk.agent;

import java.util.List;

/// Where an agent stands.
///
/// @param load attempts that it runs
/// @param measures of the tools that it called lately, in order of name
public record AgentStanding(AgentProfile profile, AgentState state, int load, List<Measure> measures) {

    /// What was measured of the agent's calls of one tool.
    ///
    /// @param calls how many ended with an outcome
    /// @param successRate exponentially weighted, from 0 to 1
    /// @param speed exponentially weighted, where the usual is 1
    public record Measure(String tool, long calls, double successRate, double speed) {}

    public AgentStanding {
        measures = List.copyOf(measures);
    }
}
