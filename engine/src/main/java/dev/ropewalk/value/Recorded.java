package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.TaskStatus;

/// What an execution has recorded of a task, as far as others may refer to it. Immutable.
public sealed interface Recorded {

    /// The task's own; that another one stood in for it does not change it.
    TaskStatus status();

    /// The task has not ended in this generation.
    record Unfinished(TaskStatus status) implements Recorded {}

    /// @param value what it or its stand-in returned; JSON null if nothing did
    record Single(TaskStatus status, StoredValue value) implements Recorded {}

    /// The results of a `forEach`'s items.
    ///
    /// @param pattern which of the tasks that run for an item, or -1 for the `forEach` as a whole
    record Several(TaskStatus status, ItemResults items, int pattern) implements Recorded {}
}
