package dev.ropewalk.monitoring;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The paths of an execution's tasks, also of the items that a `forEach` has got in the meantime, kept
/// up from the events alone. For one thread.
final class TaskNames {

    private record Items(int first, int[] patterns, int count) {}

    private final ExecutionPlan plan;
    private final List<Items> expansions = new ArrayList<>();
    private int size;

    TaskNames(ExecutionPlan plan) {
        this.plan = plan;
        this.size = plan.taskCount();
    }

    /// Takes notice of an event, if it brings new tasks.
    void follow(LogEvent event) {
        if (event instanceof LogEvent.TaskExpanded expanded) {
            int[] patterns = plan.tasks().stream()
                    .filter(task -> task.group() == expanded.task())
                    .mapToInt(PlannedTask::index)
                    .toArray();
            expansions.add(new Items(size, patterns, expanded.count()));
            size += patterns.length * expanded.count();
        }
    }

    /// What the plan says of the task; for an item's task, of its pattern.
    PlannedTask definition(int task) {
        Items items = itemsOf(task);
        return items == null ? plan.task(task) : plan.task(pattern(items, task));
    }

    String path(int task) {
        Items items = itemsOf(task);
        if (items == null) {
            return plan.task(task).path();
        }
        int item = (task - items.first()) / items.patterns().length;
        return plan.task(pattern(items, task)).path().replace("[*]", "[" + item + "]");
    }

    /// Whether people count it: neither a barrier nor the pattern of items.
    boolean counted(int task) {
        return task >= plan.taskCount() || plan.task(task).counted();
    }

    private static int pattern(Items items, int task) {
        return items.patterns()[(task - items.first()) % items.patterns().length];
    }

    private @Nullable Items itemsOf(int task) {
        if (task < plan.taskCount()) {
            return null;
        }
        int low = 0;
        int high = expansions.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (expansions.get(middle).first() <= task) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return expansions.get(low);
    }
}
