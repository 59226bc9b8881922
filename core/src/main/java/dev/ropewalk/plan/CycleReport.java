package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Tells of a circle as people see it: `a -> b -> a`, with a sub-plan or step as one name.
final class CycleReport {

    private static final int MAX_SHOWN = 20;
    private static final int MAX_NAME_LENGTH = 80;

    private final PlanDraft draft;

    CycleReport(PlanDraft draft) {
        this.draft = draft;
    }

    void report(CycleSearch search) {
        for (int[] cycle : search.found()) {
            report(cycle);
        }
        for (int i = 0; i < search.omitted(); i++) {
            draft.problems.add(Problem.CYCLE, Location.ROOT, () -> "", () -> "");
        }
    }

    private void report(int[] cycle) {
        List<TaskDraft> shown = shown(cycle);
        int start = earliest(shown);
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= shown.size(); i++) {
            // An id may be invalid, which is reported elsewhere, and must not play tricks here.
            names.add(Quoted.escaped(name(shown.get((start + i) % shown.size())), MAX_NAME_LENGTH));
        }
        TaskDraft first = shown.get(start);
        draft.problems.add(Problem.CYCLE, placeOf(first), () -> "a circle: " + path(names), () -> remedy(shown));
    }

    /// Without what stands inside a sub-plan or step that is itself on the circle, and without
    /// repetitions.
    private List<TaskDraft> shown(int[] cycle) {
        Set<String> names = new HashSet<>();
        for (int index : cycle) {
            names.add(name(draft.tasks.get(index)));
        }
        List<TaskDraft> shown = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int index : cycle) {
            TaskDraft task = draft.tasks.get(index);
            String name = name(task);
            if (!isInside(name, names) && seen.add(name)) {
                shown.add(task);
            }
        }
        return shown;
    }

    private static boolean isInside(String name, Set<String> names) {
        for (int slash = name.lastIndexOf('/'); slash > 0; slash = name.lastIndexOf('/', slash - 1)) {
            if (names.contains(name.substring(0, slash))) {
                return true;
            }
        }
        return false;
    }

    private static int earliest(List<TaskDraft> tasks) {
        int earliest = 0;
        for (int i = 1; i < tasks.size(); i++) {
            if (tasks.get(i).index < tasks.get(earliest).index) {
                earliest = i;
            }
        }
        return earliest;
    }

    private static String name(TaskDraft task) {
        int special = task.path.lastIndexOf("/$");
        return special < 0 ? task.path : task.path.substring(0, special);
    }

    private static String path(List<String> names) {
        if (names.size() <= MAX_SHOWN) {
            return String.join(" -> ", names);
        }
        int left = names.size() - MAX_SHOWN;
        return names.stream().limit(MAX_SHOWN - 2).collect(Collectors.joining(" -> ")) + " -> … "
                + Quoted.count(left + 1) + " more … -> " + names.getLast();
    }

    private static String remedy(List<TaskDraft> shown) {
        for (TaskDraft task : shown) {
            if (task.fallback != null && shown.contains(task.fallback)) {
                return "what needs " + Quoted.of(name(task)) + " also waits for its fallback "
                        + Quoted.of(name(task.fallback)) + ", so the fallback cannot wait for it";
            }
        }
        for (TaskDraft task : shown) {
            if (task.kind == PlannedTask.Kind.BARRIER) {
                return task.step.onError == OnError.RETRY
                        ? "the step " + Quoted.of(task.step.id())
                                + " may run again as a whole, so whatever uses one of its tasks waits for its end"
                        : "whatever comes after the step " + Quoted.of(task.step.id()) + " waits for all its tasks";
            }
        }
        return "remove one of these dependencies";
    }

    private Location placeOf(TaskDraft task) {
        for (Unit unit : task.step.units) {
            if (unit.entry == task || unit.exit == task) {
                return unit.at;
            }
        }
        return task.step.at;
    }
}
