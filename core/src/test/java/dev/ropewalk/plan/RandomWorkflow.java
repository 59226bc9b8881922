package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;

import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflows.StepMaker;
import dev.ropewalk.plan.Workflows.TaskMaker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// Makes sound workflows of all features at random; the same seed makes the same one. References lead
/// backwards only, so there are no circles.
final class RandomWorkflow {

    private final SplittableRandom random;
    private final List<String> steps = new ArrayList<>();
    private final List<String> tasks = new ArrayList<>();
    private int ids;

    private RandomWorkflow(SplittableRandom random) {
        this.random = random;
    }

    static Workflow of(long seed) {
        return new RandomWorkflow(new SplittableRandom(seed)).workflow(2);
    }

    private Workflow workflow(int depth) {
        int count = 1 + random.nextInt(5);
        List<StepMaker> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            made.add(randomStep(depth));
        }
        Optional<Template> result =
                tasks.isEmpty() || chance(2) ? Optional.empty() : Optional.of(new Template.ResultOf(any(tasks)));
        return Workflows.workflow(result, made.toArray(StepMaker[]::new));
    }

    private StepMaker randomStep(int depth) {
        String id = "s" + ids++;
        StepMode mode = StepMode.values()[random.nextInt(4)];
        boolean forEach = chance(5);
        List<String> before = List.copyOf(tasks);
        List<String> inside = new ArrayList<>();
        List<TaskMaker> made = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        String fallback = "";
        for (int i = 0; i < count; i++) {
            String taskId = "t" + ids++;
            boolean standsIn = taskId.equals(fallback);
            // What stands in for a task depends on nothing else, so that it closes no circle.
            TaskMaker maker = standsIn ? task(taskId) : task(taskId, after(mode, before, inside));
            if (standsIn) {
                fallback = "";
            } else if (i < count - 1 && fallback.isEmpty() && !forEach && chance(5)) {
                fallback = "t" + ids;
                maker.fallback(fallback);
            }
            randomTask(maker, depth, forEach, standsIn || !fallback.isEmpty(), mode == StepMode.CONDITIONAL);
            made.add(maker);
            inside.add(taskId);
        }
        StepMaker step = step(id, made.toArray(TaskMaker[]::new)).mode(mode).onError(onError());
        if (!steps.isEmpty() && chance(2)) {
            step.after(any(steps));
        }
        if (forEach) {
            step.forEach(before.isEmpty() ? expression("vars.list") : new Template.ResultOf(any(before)));
        }
        steps.add(id);
        tasks.addAll(inside);
        return step;
    }

    private String[] after(StepMode mode, List<String> before, List<String> inside) {
        List<String> after = new ArrayList<>();
        if (!before.isEmpty() && chance(2)) {
            after.add(any(before));
        }
        if (mode != StepMode.PARALLEL && !inside.isEmpty() && chance(2)) {
            after.add(any(inside));
        }
        if (!steps.isEmpty() && chance(4)) {
            after.add(any(steps));
        }
        return after.toArray(String[]::new);
    }

    private void randomTask(TaskMaker task, int depth, boolean inForEach, boolean fallback, boolean conditional) {
        if (conditional || chance(3)) {
            task.when("vars.x");
        }
        if (depth > 0 && !inForEach && !fallback && chance(6)) {
            task.runs(new RandomWorkflow(random).workflow(depth - 1));
            return;
        }
        if (chance(3)) {
            task.retry(RetryPolicy.of(random.nextInt(5)).withDelay(Duration.ofMillis(random.nextInt(1, 5_000))));
        }
        if (chance(3)) {
            task.timeout(Duration.ofMillis(random.nextInt(1, 100_000)));
        }
        if (chance(4)) {
            task.estimate(Duration.ofNanos(random.nextLong(1, 1_000_000_000)));
        }
        if (chance(4)) {
            task.priority(Priority.values()[random.nextInt(4)]).onLost(OnLost.UNKNOWN);
        }
        if (!fallback && chance(6)) {
            task.onFailure(new FailurePolicy.Skip());
        }
        if (!inForEach && chance(5)) {
            task.forEach(expression("vars.list")).maxItems(1 + random.nextInt(1_000));
        }
    }

    private OnError onError() {
        return OnError.values()[random.nextInt(3)];
    }

    private String any(List<String> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
