package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;

/// A step of a compiled plan.
///
/// @param index its place in [ExecutionPlan#steps()]
/// @param path its address; in a sub-plan `sub/collect`
/// @param onError what it does when one of its tasks has failed for good
/// @param maxRetries how often it may run again; 0 unless `onError` is [OnError#RETRY]
/// @param tasks the indexes of its tasks in the order written: those of kind CALL and FOR_EACH, item
///     patterns and the tasks of inlined sub-plans included, its barrier not
/// @param barrier the index of the task that stands for its end, or -1 if nothing waits for it
public record PlannedStep(
        int index,
        String path,
        StepMode mode,
        OnError onError,
        int maxRetries,
        List<Integer> tasks,
        int barrier,
        Documentation about) {

    public PlannedStep {
        Objects.requireNonNull(path, "path");
        tasks = List.copyOf(tasks);
    }
}
