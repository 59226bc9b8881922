package dev.ropewalk.testkit.oracle;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedStep;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is known of one step.
final class StepModel {

    final PlannedStep definition;

    /// It has been said that it will run again, and not yet that it does.
    boolean retrying;

    int retries;

    private StepModel(PlannedStep definition) {
        this.definition = definition;
    }

    static List<StepModel> of(ExecutionPlan plan) {
        return plan.steps().stream().map(StepModel::new).toList();
    }

    boolean holds(TaskModel task) {
        int inPlan = task.definition.index();
        return definition.tasks().contains(inPlan);
    }

    boolean encloses(StepModel other) {
        return other != this && definition.tasks().containsAll(other.definition.tasks());
    }

    /// The steps that hold the task, the innermost first.
    static List<StepModel> around(List<StepModel> steps, TaskModel task) {
        List<StepModel> around = new ArrayList<>();
        for (StepModel step : steps) {
            if (step.holds(task)) {
                around.add(step);
            }
        }
        around.sort(Comparator.comparingInt(step -> step.definition.tasks().size()));
        return around;
    }
}
