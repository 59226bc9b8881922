package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedStep;
import java.util.Arrays;

/// Which step holds the steps of a sub-plan: a step's tasks include those of the plans inlined into it.
final class StepNesting {

    private StepNesting() {}

    /// For each step the innermost other step that holds its tasks, or -1.
    static int[] outerSteps(ExecutionPlan plan) {
        int[] outer = new int[plan.steps().size()];
        Arrays.fill(outer, ExecutionState.NONE);
        for (PlannedStep step : plan.steps()) {
            for (int task : step.tasks()) {
                int inner = plan.task(task).step();
                if (inner != step.index() && isCloser(plan, step, outer[inner])) {
                    outer[inner] = step.index();
                }
            }
        }
        return outer;
    }

    private static boolean isCloser(ExecutionPlan plan, PlannedStep step, int known) {
        return known == ExecutionState.NONE
                || step.tasks().size() < plan.step(known).tasks().size();
    }
}
