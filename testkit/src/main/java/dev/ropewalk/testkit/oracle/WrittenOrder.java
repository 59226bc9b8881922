package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.Dependency;
import dev.ropewalk.plan.Workflow.FailurePolicy.Fallback;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/// What a task must wait for, read from the workflow as its author wrote it. It knows nothing of the
/// edges that the compiler draws, so an edge that is missing shows.
///
/// Tasks and steps are named by their paths, `sub/fetch`; everything in a sub-plan waits for what the
/// task that runs it waits for.
final class WrittenOrder {

    private record Needs(Set<String> ended, Set<String> succeeded, List<Typed> typed, AtomicBoolean conditional) {
        static Needs none() {
            return new Needs(new TreeSet<>(), new TreeSet<>(), new ArrayList<>(), new AtomicBoolean());
        }
    }

    /// A typed dependency on any of the tasks at these paths.
    private record Typed(List<String> on, DependencyType type, long lag) {}

    private final Map<String, Needs> needsOf = new HashMap<>();

    /// From a task in a step with `forEach` to that step, which starts for it.
    private final Map<String, String> expandedBy = new HashMap<>();

    /// From a step to all tasks in it, sub-plans included, as the beginnings of their paths.
    private final Map<String, List<String>> tasksOf = new HashMap<>();

    WrittenOrder(Workflow workflow) {
        read(workflow, "");
    }

    private void read(Workflow workflow, String prefix) {
        for (Workflow.Step step : workflow.steps()) {
            List<String> paths = new ArrayList<>();
            step.tasks().forEach(task -> paths.add(prefix + task.id()));
            if (step.forEach().isPresent()) {
                paths.forEach(path -> expandedBy.put(path, prefix + step.id()));
                paths.add(prefix + step.id());
            }
            tasksOf.put(prefix + step.id(), paths);
        }
        for (Workflow.Step step : workflow.steps()) {
            read(step, prefix);
        }
    }

    private void read(Workflow.Step step, String prefix) {
        Set<String> fallbacks = new TreeSet<>();
        for (Workflow.Task task : step.tasks()) {
            if (task.onFailure().orElse(null) instanceof Fallback(String id)) {
                fallbacks.add(id);
            }
        }
        String before = "";
        for (Workflow.Task task : step.tasks()) {
            Needs needs = Needs.none();
            needsOf.put(prefix + task.id(), needs);
            step.after().forEach(id -> needs.ended().addAll(tasksOf.getOrDefault(prefix + id, List.of())));
            step.forEach().ifPresent(list -> use(list, prefix, needs));
            for (Dependency dependency : step.dependencies()) {
                if (dependency.type().holdsStart()) {
                    typed(dependency, prefix, needs);
                }
                dependency.condition().ifPresent(condition -> use(condition, prefix, needs));
            }
            read(task, prefix, needs);
            boolean inOrder = !fallbacks.contains(task.id());
            if (inOrder && !before.isEmpty() && step.mode().orElse(StepMode.HYBRID) == StepMode.SEQUENTIAL) {
                needs.succeeded().add(before);
            }
            if (inOrder) {
                before = prefix + task.id();
            }
            if (task.action() instanceof RunPlan run) {
                read(run.workflow(), prefix + task.id() + "/");
            }
        }
    }

    private void read(Workflow.Task task, String prefix, Needs needs) {
        for (String id : task.after()) {
            need(prefix + id, needs);
        }
        for (Dependency dependency : task.dependencies()) {
            typed(dependency, prefix, needs);
            dependency.condition().ifPresent(condition -> {
                use(condition, prefix, needs);
                needs.conditional().set(true);
            });
        }
        task.when().ifPresent(when -> use(when, prefix, needs));
        task.forEach().ifPresent(list -> use(list, prefix, needs));
        switch (task.action()) {
            case CallTool(String _, Template with) -> use(with, prefix, needs);
            case RunPlan run -> run.with().forEach(entry -> use(entry.value(), prefix, needs));
        }
    }

    private void typed(Dependency dependency, String prefix, Needs needs) {
        String path = prefix + dependency.on();
        List<String> on = tasksOf.getOrDefault(path, List.of(path));
        needs.typed().add(new Typed(on, dependency.type(), dependency.lag().toNanos() / 1_000));
    }

    private void use(Template template, String prefix, Needs needs) {
        switch (template) {
            case Template.Literal _ -> {}
            case Template.ResultOf(String task) -> need(prefix + task, needs);
            case Template.Expression(String source) -> {
                int at = source.indexOf("tasks.");
                if (at >= 0) {
                    need(prefix + source.substring(at + "tasks.".length(), source.lastIndexOf('.')), needs);
                }
            }
            case Template.Text(List<Template> parts) -> parts.forEach(part -> use(part, prefix, needs));
            case Template.Sequence(List<Template> items) -> items.forEach(item -> use(item, prefix, needs));
            case Template.Mapping(List<Template.Entry> entries) ->
                entries.forEach(entry -> use(entry.value(), prefix, needs));
        }
    }

    private void need(String path, Needs needs) {
        if (tasksOf.containsKey(path)) {
            needs.ended().addAll(tasksOf.get(path));
        } else {
            needs.succeeded().add(path);
        }
    }

    /// Whether all that the author asked for has happened before `task` starts.
    void checkStart(ExecutionModel x, TaskModel task) {
        String path = written(task);
        for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
            checkNeeds(x, task, path.substring(0, end));
        }
        checkNeeds(x, task, path);
    }

    private void checkNeeds(ExecutionModel x, TaskModel task, String asked) {
        Needs needs = needsOf.get(asked);
        if (needs == null) {
            return;
        }
        boolean unasked = asked.equals(written(task))
                && task.owner == null
                && !task.definition.tool().equals(PlannedTask.VALUE_TOOL)
                && task.definition.conditions().isEmpty();
        check(
                !needs.conditional().get() || !unasked,
                "I1",
                "%s: %s starts without a look at the conditions of its dependencies",
                x,
                task);
        needs.typed().stream().filter(typed -> typed.type().holdsStart()).forEach(typed -> checkTyped(x, task, typed));
        for (TaskModel other : x.tasks) {
            if (other.isPattern() || other.isBarrier() || other == task || sameItem(other, task)) {
                continue;
            }
            String path = written(other);
            boolean mustEnd = needs.ended().stream().anyMatch(named -> isIn(path, named))
                    || needs.succeeded().stream().anyMatch(named -> isIn(path, named));
            check(!mustEnd || other.stand.ended(), "I1", "%s: %s starts before %s has ended", x, task, other);
            if (other.owner == null && needs.succeeded().contains(path)) {
                TaskModel speaker = Predecessors.standIn(x, other);
                check(
                        !speaker.stand.failed() && !speaker.skippedBecauseOfFailure(),
                        "I1",
                        "%s: %s starts, though %s failed",
                        x,
                        task,
                        other);
            }
        }
    }

    /// Whether all that the author asked for has happened before `task` completes.
    void checkEnd(ExecutionModel x, TaskModel task) {
        Needs needs = needsOf.get(written(task));
        if (needs == null || task.owner != null || task.definition.path().endsWith("/$start")) {
            return;
        }
        needs.typed().stream().filter(typed -> !typed.type().holdsStart()).forEach(typed -> checkTyped(x, task, typed));
    }

    private void checkTyped(ExecutionModel x, TaskModel task, Typed typed) {
        boolean finish =
                typed.type() == DependencyType.FINISH_TO_START || typed.type() == DependencyType.FINISH_TO_FINISH;
        boolean anyStarted = false;
        for (TaskModel other : x.tasks) {
            if (other.isPattern() || other.isBarrier() || other == task || sameItem(other, task)) {
                continue;
            }
            String path = written(other);
            boolean itself = other.owner == null
                    && typed.on().stream().anyMatch(on -> path.equals(on) || path.equals(expandedBy.get(on)));
            if (finish && typed.on().stream().anyMatch(named -> isIn(path, named))) {
                check(
                        other.stand.ended() && x.lastAt >= other.endedAt + (itself ? typed.lag() : 0),
                        "I1",
                        "%s: %s goes on with %s, but %s",
                        x,
                        task,
                        typed,
                        other);
            }
            // Where a plan starts, its gate does.
            boolean gate = typed.on().stream().anyMatch(named -> path.equals(named + "/$start"));
            boolean began = other.firstStartedAt != 0 && x.lastAt >= other.firstStartedAt + typed.lag();
            boolean skipped =
                    other.firstStartedAt == 0 && other.stand.ended() && x.lastAt >= other.endedAt + typed.lag();
            boolean earlier = other.generation > 0;
            anyStarted |= (itself || gate) && (began || skipped || earlier);
        }
        boolean sameItems = task.owner != null;
        check(finish || anyStarted || sameItems, "I1", "%s: %s goes on, but nothing has started: %s", x, task, typed);
    }

    /// A task in a step with `forEach` waits for those of its own item, which the plan's edges tell.
    private static boolean sameItem(TaskModel other, TaskModel task) {
        return task.owner != null && (other == task.owner || other.owner == task.owner);
    }

    private static boolean isIn(String path, String named) {
        return path.equals(named) || path.startsWith(named + "/");
    }

    /// Where its author wrote it: for the items of a `forEach` the task itself.
    private static String written(TaskModel task) {
        String path = task.definition.path();
        int step = path.indexOf("[*]/");
        if (step < 0) {
            return path.replace("[*]", "");
        }
        int scope = path.lastIndexOf('/', step);
        return path.substring(0, scope + 1) + path.substring(step + "[*]/".length());
    }
}
