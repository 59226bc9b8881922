package dev.ropewalk.agents;

import java.time.Duration;
import java.util.List;

/// How an agent is judged for a task: the least total wins. `docs/agents.md` has the formula.
///
/// @param agent its name
/// @param room whether it could start at once
/// @param expectedFinish how long from now until the task is expected to have ended
/// @param total what is compared
/// @param expectedCost of the call, in the currency unit
/// @param parts what the total consists of
public record AgentScore(
        String agent, boolean room, Duration expectedFinish, Duration total, double expectedCost, List<Part> parts) {

    /// @param factor what is looked at: `speed`, `success`, `cost` …
    /// @param value as known, measured or declared
    /// @param weight how much it counts in this decision
    /// @param adds what it adds to the total
    public record Part(String factor, double value, double weight, Duration adds) {}

    public AgentScore {
        parts = List.copyOf(parts);
    }
}
