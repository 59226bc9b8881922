package dev.ropewalk.value;

import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Template;

final class Inputs {

    private Inputs() {}

    /// The inputs of a task that knows nothing of other tasks and has other arguments.
    static TaskInputs withArguments(TaskInputs inputs, Template arguments) {
        PlannedTask task = inputs.task();
        PlannedTask other = new PlannedTask(
                task.index(),
                task.path(),
                task.step(),
                task.scope(),
                task.kind(),
                task.template(),
                task.group(),
                task.tool(),
                arguments,
                task.when(),
                task.conditions(),
                task.items(),
                task.maxItems(),
                task.retry(),
                task.timeoutMicros(),
                task.onFailure(),
                task.fallback(),
                task.priority(),
                task.estimatedMicros(),
                task.onLost(),
                task.needs(),
                task.constraints(),
                task.about());
        return new TaskInputs(inputs.references(), other, new int[0], new Recorded[0], null, 0, inputs.execution(), 0);
    }
}
