package dev.ropewalk.learning;

import dev.ropewalk.plan.PlannedTask;

/// The estimate that the plan states. Barriers and patterns of items take no time of their own.
///
/// @param prior for a task whose plan states nothing
record StatedDurations(long prior) implements DurationEstimates {

    @Override
    public long expectedMicros(PlannedTask task) {
        if (task.estimatedMicros() > 0) {
            return task.estimatedMicros();
        }
        return task.kind() == PlannedTask.Kind.CALL ? prior : 1;
    }
}
