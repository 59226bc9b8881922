package dev.ropewalk.learning;

import dev.ropewalk.plan.PlannedTask;

/// What is expected of a task before it runs. Asked off the loop, once for each task of a plan.
public interface DurationEstimates {

    /// What a plan's author states: [PlannedTask#estimatedMicros], or a second where he states nothing.
    static DurationEstimates stated() {
        return new StatedDurations(1_000_000);
    }

    /// How long an attempt is expected to take; at least 1.
    long expectedMicros(PlannedTask task);

    /// How likely an attempt is to fail, from 0 to 1.
    default double failureRisk(PlannedTask task) {
        return 0;
    }
}
