package dev.ropewalk.agents;

import java.time.Duration;
import java.util.Objects;

/// What counts how much in the choice among agents. `docs/agents.md` has the formula.
///
/// @param secondsPerUnit how many seconds a unit of the currency is worth; with 0, cost only decides
///     between equals
/// @param demandWeight how much it counts that others need what else an agent is capable of
/// @param proficiencyWeight how much it counts that an agent is less than fully proficient
/// @param coldStart what it takes an agent to call a tool that it has not called lately
/// @param maxWait how long a task may wait in all for a faster agent while a slower one is free
/// @param gain by what part of the slower agent's time waiting must be better
/// @param forget after what time without a call nothing measured of a tool counts any more
public record AgentRouting(
        double secondsPerUnit,
        double demandWeight,
        double proficiencyWeight,
        Duration coldStart,
        Duration maxWait,
        double gain,
        Duration forget) {

    public static final AgentRouting DEFAULT =
            new AgentRouting(0, 0.1, 0.2, Duration.ZERO, Duration.ofMinutes(1), 0.1, Duration.ofHours(1));

    public AgentRouting {
        Objects.requireNonNull(coldStart, "coldStart");
        Objects.requireNonNull(maxWait, "maxWait");
        Objects.requireNonNull(forget, "forget");
        notNegative("secondsPerUnit", secondsPerUnit);
        notNegative("demandWeight", demandWeight);
        notNegative("proficiencyWeight", proficiencyWeight);
        notNegative("gain", gain);
        if (coldStart.isNegative() || maxWait.isNegative() || !forget.isPositive()) {
            throw new IllegalArgumentException(
                    "coldStart %s and maxWait %s must not be negative, and forget %s must be longer than zero"
                            .formatted(coldStart, maxWait, forget));
        }
    }

    private static void notNegative(String name, double weight) {
        if (!(weight >= 0)) {
            throw new IllegalArgumentException("%s is %s; it must not be negative".formatted(name, weight));
        }
    }

    /// With another worth of money.
    public AgentRouting withSecondsPerUnit(double seconds) {
        return new AgentRouting(seconds, demandWeight, proficiencyWeight, coldStart, maxWait, gain, forget);
    }

    /// With another bound for waiting.
    public AgentRouting withMaxWait(Duration wait) {
        return new AgentRouting(secondsPerUnit, demandWeight, proficiencyWeight, coldStart, wait, gain, forget);
    }
}
