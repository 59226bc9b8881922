package dev.ropewalk.execution;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The expansions of one execution's `forEach` tasks, in the order in which they came. Their items'
/// indexes follow those of the plan without a gap.
final class Expansions {

    private static final int[] NO_PATTERNS = {};

    private final int planned;
    private final int[][] patterns;
    private final int[] latest;
    final List<Expansion> all = new ArrayList<>();

    // By owner.
    final int[] openItems;
    final int[] failedItems;

    Expansions(ExecutionPlan plan) {
        planned = plan.taskCount();
        patterns = patternsByOwner(plan);
        latest = new int[planned];
        openItems = new int[planned];
        failedItems = new int[planned];
        Arrays.fill(latest, ExecutionState.NONE);
    }

    private static int[][] patternsByOwner(ExecutionPlan plan) {
        int[] missing = new int[plan.taskCount()];
        for (PlannedTask task : plan.tasks()) {
            if (task.group() != ExecutionState.NONE) {
                missing[task.group()]++;
            }
        }
        int[][] patterns = new int[plan.taskCount()][];
        Arrays.setAll(patterns, task -> missing[task] == 0 ? NO_PATTERNS : new int[missing[task]]);
        for (PlannedTask task : plan.tasks()) {
            if (task.group() != ExecutionState.NONE) {
                int[] group = patterns[task.group()];
                group[group.length - missing[task.group()]--] = task.index();
            }
        }
        return patterns;
    }

    /// The patterns of a `forEach` task's items, ascending.
    int[] patterns(int owner) {
        return patterns[owner];
    }

    void add(Expansion expansion) {
        int owner = expansion.owner();
        latest[owner] = all.size();
        all.add(expansion);
        openItems[owner] = expansion.end() - expansion.first();
        failedItems[owner] = 0;
    }

    /// The owner's expansion in this generation.
    @Nullable
    Expansion current(int owner, int generation) {
        if (owner >= planned || latest[owner] == ExecutionState.NONE) {
            return null;
        }
        Expansion expansion = all.get(latest[owner]);
        return expansion.generation() == generation ? expansion : null;
    }

    /// The expansion that the task belongs to, if it is an item's.
    @Nullable
    Expansion holding(int task) {
        if (task < planned) {
            return null;
        }
        int low = 0;
        int high = all.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (all.get(middle).first() <= task) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return all.get(low);
    }
}
