package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;

/// A plan in the making: what the passes of the compiler hand on to each other.
final class PlanDraft {

    final PlanLimits limits;
    final Problems problems;
    final List<ScopeDraft> scopes = new ArrayList<>();
    final List<StepDraft> steps = new ArrayList<>();
    final List<TaskDraft> tasks = new ArrayList<>();
    final Edges edges = new Edges();

    /// The steps that have a barrier; grows while their edges are drawn.
    final List<StepDraft> barriers = new ArrayList<>();

    private boolean tooLarge;

    PlanDraft(PlanLimits limits, Problems problems) {
        this.limits = limits;
        this.problems = problems;
    }

    /// Whether a limit has been passed, so that going on is of no use. Sub-plans multiply: ten in each
    /// of ten levels are more tasks than fit into memory.
    boolean tooLarge() {
        return tooLarge;
    }

    TaskDraft addTask(PlannedTask.Kind kind, String path, StepDraft step, ScopeDraft scope) {
        TaskDraft task = new TaskDraft(tasks.size(), kind, path, step, scope);
        tasks.add(task);
        // A barrier does not belong to its step: it does not run again with it. That of a start does to the
        // steps around.
        boolean start = kind == PlannedTask.Kind.START_BARRIER;
        if (kind != PlannedTask.Kind.BARRIER) {
            for (StepDraft at = start ? step.parent : step; at != null; at = at.parent) {
                at.tasks.add(task.index);
            }
        }
        if (tasks.size() > limits.maxTasks()) {
            exceeded("tasks", limits.maxTasks());
        }
        return task;
    }

    void addStep(StepDraft step) {
        steps.add(step);
        step.scope.steps.add(step);
        if (steps.size() > limits.maxTasks()) {
            exceeded("steps", limits.maxTasks());
        }
    }

    /// The task that ends when all tasks of the step have ended.
    TaskDraft barrierOf(StepDraft step) {
        if (step.barrier == null) {
            step.barrier = addTask(PlannedTask.Kind.BARRIER, step.path + "/$end", step, step.scope);
            barriers.add(step);
        }
        return step.barrier;
    }

    /// The task that ends when the first task of the step has started, or was skipped.
    TaskDraft startBarrierOf(StepDraft step) {
        if (step.startBarrier == null) {
            TaskDraft barrier = addTask(PlannedTask.Kind.START_BARRIER, step.path + "/$begin", step, step.scope);
            step.startBarrier = barrier;
            if (step.forEach != null) {
                edge(step.forEach, barrier, EdgeKind.START_TO_START);
            } else {
                step.units.forEach(unit -> edge(unit.entry, barrier, EdgeKind.START_TO_START));
            }
        }
        return step.startBarrier;
    }

    /// Makes `to` depend on `from`. If `from` stands in a step that may run again and `to` does not,
    /// `to` also waits for that step to be through: it must not see what the next round takes back.
    void depend(TaskDraft from, TaskDraft to, EdgeKind kind) {
        depend(from, to, kind, 0);
    }

    void depend(TaskDraft from, TaskDraft to, EdgeKind kind, long lagMicros) {
        edge(from, to, kind, lagMicros);
        for (StepDraft step = from.step; step != null; step = step.parent) {
            if (step.onError == OnError.RETRY && !step.encloses(to.step)) {
                edge(barrierOf(step), to, kind.holdsEnd() ? kind : EdgeKind.ORDER);
            }
        }
    }

    void edge(TaskDraft from, TaskDraft to, EdgeKind kind) {
        edge(from, to, kind, 0);
    }

    void edge(TaskDraft from, TaskDraft to, EdgeKind kind, long lagMicros) {
        if (edges.size() < limits.maxEdges()) {
            edges.add(from.towards(to).index, to.towards(from).index, kind, lagMicros);
        } else {
            exceeded("dependencies", limits.maxEdges());
        }
    }

    private void exceeded(String what, int limit) {
        if (!tooLarge) {
            tooLarge = true;
            problems.add(
                    Problem.LIMIT_EXCEEDED,
                    Location.ROOT,
                    "the plan has more than " + Quoted.count(limit) + " " + what + ", sub-plans included",
                    "split it into several plans, or raise the limit");
        }
    }
}
