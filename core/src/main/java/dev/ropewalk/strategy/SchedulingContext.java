package dev.ropewalk.strategy;

import java.time.LocalTime;
import java.util.Objects;
import java.util.Set;

/// How the engine is doing, for strategies and for the rules that choose among them.
///
/// @param utilisation the share of the slots in use, from 0 to 1
/// @param backlog ready tasks that wait
/// @param openBreakers the tools that are being left alone because they failed
/// @param budgetLeft the smallest share left of any budget, from 0 to 1; 1 if there is none
/// @param timeOfDay in the engine's time zone
public record SchedulingContext(
        double utilisation, int backlog, Set<String> openBreakers, double budgetLeft, LocalTime timeOfDay) {

    /// An engine at rest.
    public static final SchedulingContext IDLE = new SchedulingContext(0, 0, Set.of(), 1, LocalTime.MIDNIGHT);

    public SchedulingContext {
        openBreakers = Set.copyOf(openBreakers);
        Objects.requireNonNull(timeOfDay, "timeOfDay");
    }
}
