package dev.ropewalk.benchmark;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanBuilder;

/// The plans of the workloads: tasks with about 100 bytes in and out.
final class Plans {

    static final String NOOP = "noop";
    static final String SLEEP = "sleep";
    private static final String INPUT = "x".repeat(80);

    private Plans() {}

    static ExecutionPlan chain(int length) {
        PlanBuilder plan = ExecutionPlan.named("chain-" + length);
        for (int i = 0; i < length; i++) {
            int at = i;
            plan.task("t" + i, task -> {
                task.tool(NOOP).with("input", INPUT);
                if (at > 0) {
                    task.after("t" + (at - 1));
                }
            });
        }
        return plan.build();
    }

    /// Independent tasks and one that waits for them all.
    static ExecutionPlan wide(int width) {
        PlanBuilder plan = ExecutionPlan.named("wide-" + width);
        plan.step("fan", step -> {
            for (int i = 0; i < width; i++) {
                step.task("t" + i, task -> task.tool(NOOP).with("input", INPUT));
            }
        });
        plan.step(
                "join",
                step -> step.after("fan").task("joined", task -> task.tool(NOOP).with("input", INPUT)));
        return plan.build();
    }

    static ExecutionPlan single() {
        return ExecutionPlan.named("single")
                .task("t", task -> task.tool(NOOP).with("input", INPUT))
                .build();
    }

    static ExecutionPlan sleeping(int width) {
        PlanBuilder plan = ExecutionPlan.named("sleeping-" + width);
        for (int i = 0; i < width; i++) {
            plan.task("t" + i, task -> task.tool(SLEEP));
        }
        return plan.build();
    }
}
