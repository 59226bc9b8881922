package dev.ropewalk.benchmark;

import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.ExecutionDecider;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanBuilder;
import java.util.ArrayList;
import java.util.List;

/// What a large plan costs before anything runs: the time to compile it, and the heap that the state of
/// an accepted execution takes for each task beyond its definition.
final class PlanWorkload {

    private final Scale scale;

    PlanWorkload(Scale scale) {
        this.scale = scale;
    }

    List<Figure> run() {
        int tasks = scale.planned();
        double compile = Samples.medianOf(scale, () -> {
            long start = System.nanoTime();
            ExecutionPlan plan = plan(tasks);
            double millis = (System.nanoTime() - start) / 1e6;
            if (plan.taskCount() < tasks) {
                throw new IllegalStateException("the plan lacks tasks");
            }
            return millis;
        });
        ExecutionPlan plan = plan(tasks);
        double bytes = Samples.medianOf(scale, () -> stateBytes(plan) / (double) tasks);
        return List.of(
                new Figure("plan", "none", tasks, "compile_ms", compile, "ms"),
                new Figure("plan", "none", tasks, "bytes_per_pending_task", bytes, "B"));
    }

    /// Every task runs after two of the hundred before it.
    private static ExecutionPlan plan(int tasks) {
        PlanBuilder plan = ExecutionPlan.named("large");
        for (int i = 0; i < tasks; i++) {
            int at = i;
            plan.task("t" + i, task -> {
                task.tool(Plans.NOOP);
                if (at > 0) {
                    task.after("t" + (at - 1 - at * 7 % Math.min(at, 100)));
                }
                if (at > 100) {
                    task.after("t" + (at - 100));
                }
            });
        }
        return plan.build();
    }

    private static long stateBytes(ExecutionPlan plan) {
        long before = used();
        ExecutionState state = new ExecutionState(plan);
        ExecutionDecider.decide(state, new ExecutionCommand.Accept(1, "bench", 1, "0".repeat(64)), new ArrayList<>());
        long after = used();
        if (state.taskCount() != plan.taskCount()) {
            throw new IllegalStateException("the state lacks tasks");
        }
        return after - before;
    }

    /// After a full collection: the smallest of several, because a collection is a request.
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
