package dev.ropewalk.agent;

import java.util.List;

/// Why an agent is chosen for a task, or is not: the least total wins. Everything is expressed as time,
/// so that the parts can be added and compared.
///
/// With `work` the time that the task takes at the usual speed (declared, or predicted from calls of
/// the same tool), `run = work / speed` and `tries = 1 / success rate`:
///
/// ```
/// total = wait                                                       part `load`
///       + run                                                        part `speed`
///       + run * (tries - 1)                                          part `success`
///       + cost(run) * tries * costWeight / urgency                   part `cost`
///       + run * demandWeight * contention                            part `demand`
///       + run * proficiencyWeight * complexity * (1 - proficiency)   part `proficiency`
///       + coldMicros, unless it called the tool lately               part `affinity`
/// ```
///
/// `wait + run` is the earliest finish time of list scheduling on machines of unequal speed. A call
/// that succeeds with probability p is expected to be tried 1/p times (geometric distribution). Money
/// is converted by a value of time, which a higher priority makes larger (generalised cost).
/// `contention` is the load of that capability, among those that the agent has and the task does not
/// ask for, which is used most: who can do what others wait for is left to them. The parts
/// `complexity` and `priority` add nothing themselves: they scale `proficiency` and `cost`.
///
/// Source: H. Topcuoglu et al., HEFT, IEEE TPDS 13(3), 2002 (earliest finish time); K. J. Button,
/// "Transport Economics", 2010 (generalised cost).
///
/// @param agent its name
/// @param room whether it could start at once
/// @param finishMicros how long from now until the task is expected to have ended, in microseconds
/// @param totalMicros what is compared
/// @param microCost what the call is expected to cost, in millionths of the currency unit
/// @param parts of the total, in the order above, then `complexity` and `priority`
public record RoutingScore(
        String agent, boolean room, long finishMicros, long totalMicros, long microCost, List<Part> parts) {

    /// @param factor what is looked at
    /// @param value as known, measured or declared: a speed, a rate, a part of 1, an amount of money
    /// @param weight how much it counts in this decision
    /// @param micros what it adds to the total
    public record Part(String factor, double value, double weight, long micros) {}

    public RoutingScore {
        parts = List.copyOf(parts);
    }

    /// The part of this name.
    ///
    /// @throws IllegalArgumentException if there is none
    public Part part(String factor) {
        return parts.stream()
                .filter(part -> part.factor().equals(factor))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no part of a score is named " + factor));
    }
}
