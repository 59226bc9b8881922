package dev.ropewalk.agent;

/// What counts how much in the choice among agents; see [RoutingScore].
///
/// @param costWeight how many microseconds one millionth of the currency unit is worth: with 1, an
///     agent that costs 1.00 more has to be a second faster; with 0, cost only decides between equals
/// @param demandWeight how much it counts that others need what else an agent is capable of
/// @param proficiencyWeight how much it counts that an agent is less than fully proficient
/// @param coldMicros what it takes an agent to call a tool that it has not called lately
/// @param maxWaitMicros how long a task may wait in all for a faster agent while a slower one is free
/// @param gain by what part of the slower agent's time waiting must be better
/// @param forgetMicros after what time without a call nothing measured of a tool counts any more
public record RoutingOptions(
        double costWeight,
        double demandWeight,
        double proficiencyWeight,
        long coldMicros,
        long maxWaitMicros,
        double gain,
        long forgetMicros) {

    public static final RoutingOptions DEFAULT = new RoutingOptions(0, 0.1, 0.2, 0, 60_000_000, 0.1, 3_600_000_000L);

    public RoutingOptions {
        if (!(costWeight >= 0) || !(demandWeight >= 0) || !(proficiencyWeight >= 0) || !(gain >= 0)) {
            throw new IllegalArgumentException(
                    "weights of routing must not be negative: cost %s, demand %s, proficiency %s, gain %s"
                            .formatted(costWeight, demandWeight, proficiencyWeight, gain));
        }
        if (coldMicros < 0 || maxWaitMicros < 0 || forgetMicros < 1) {
            throw new IllegalArgumentException(
                    "times of routing must not be negative, and forgetting takes time: cold %d, wait %d, forget %d"
                            .formatted(coldMicros, maxWaitMicros, forgetMicros));
        }
    }
}
