package dev.ropewalk.execution;

import static dev.ropewalk.plan.Values.expression;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.InvalidPlanException;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.StepBuilder;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.TaskBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Plans with everything in them that the compiler lets pass: all modes and policies, conditions,
/// fallbacks, `forEach` on tasks and steps, sub-plans in sub-plans.
final class RandomPlans {

    private static final List<Integer> LIST = List.of(1);

    private final RandomGenerator random;

    RandomPlans(RandomGenerator random) {
        this.random = random;
    }

    ExecutionPlan next() {
        while (true) {
            PlanBuilder plan = plan(0);
            if (chance(4)) {
                plan.timeout(Duration.ofSeconds(60));
            }
            if (chance(3)) {
                plan.result(expression("result"));
            }
            try {
                return plan.build(Scenario.ANY_EXPRESSION);
            } catch (InvalidPlanException e) {
                // Not every combination is allowed; the next one may be.
            }
        }
    }

    private PlanBuilder plan(int depth) {
        PlanBuilder plan = ExecutionPlan.named("random");
        List<String> before = new ArrayList<>();
        int steps = 1 + random.nextInt(depth == 0 ? 4 : 2);
        for (int i = 0; i < steps; i++) {
            String id = "s" + i;
            List<String> stepsBefore = List.copyOf(
                    before.stream().filter(each -> each.startsWith("s")).toList());
            plan.step(id, step -> step(step, id, stepsBefore, before, depth));
            before.add(id);
        }
        return plan;
    }

    private void step(StepBuilder step, String id, List<String> stepsBefore, List<String> before, int depth) {
        StepMode mode = any(StepMode.values());
        boolean forEach = chance(5);
        step.mode(mode).onError(any(OnError.values()));
        if (!stepsBefore.isEmpty() && chance(2)) {
            step.after(stepsBefore.get(random.nextInt(stepsBefore.size())));
        }
        if (forEach) {
            step.forEach(LIST);
        }
        int tasks = 1 + random.nextInt(5);
        List<String> mine = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            boolean last = i == tasks - 1;
            List<String> possible = new ArrayList<>(before);
            if (mode != StepMode.PARALLEL) {
                possible.addAll(mine);
            }
            String next = name(id, i + 1);
            step.task(name(id, i), task -> {
                after(task, possible);
                if (mode == StepMode.CONDITIONAL ? !last : chance(5)) {
                    task.when(expression("condition"));
                }
                if (!forEach && depth < 2 && chance(6)) {
                    task.plan(plan(depth + 1).workflow());
                } else {
                    call(task, forEach, last ? "" : next);
                }
            });
            mine.add(name(id, i));
        }
        before.addAll(mine);
    }

    private static String name(String step, int task) {
        return step.replace('s', 't') + "_" + task;
    }

    private void after(TaskBuilder task, List<String> before) {
        for (int i = random.nextInt(3); i > 0 && !before.isEmpty(); i--) {
            task.after(before.get(random.nextInt(before.size())));
        }
    }

    private void call(TaskBuilder task, boolean inForEach, String next) {
        task.tool(chance(2) ? "x" : "y");
        if (!inForEach && chance(6)) {
            task.forEach(LIST);
        }
        if (chance(3)) {
            task.retry(new RetryPolicy(
                    1 + random.nextInt(2), Duration.ofSeconds(1), 2, 0.5, Duration.ofSeconds(5), List.of(), List.of()));
        }
        if (chance(6)) {
            task.skipOnFailure();
        } else if (!inForEach && !next.isEmpty() && chance(4)) {
            task.fallback(next);
        }
        if (chance(5)) {
            task.estimatedDuration(Duration.ofSeconds(1 + random.nextInt(9)));
        }
        if (chance(8)) {
            task.onLost(OnLost.UNKNOWN);
        }
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
