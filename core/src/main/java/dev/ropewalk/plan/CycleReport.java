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

    /// @param leads how the circle goes on from it
    private record Shown(TaskDraft task, DependencyType leads) {}

    void report(CycleSearch search) {
        search.found().forEach(this::report);
        for (int i = 0; i < search.omitted(); i++) {
            draft.problems.add(Problem.CYCLE, Location.ROOT, () -> "", () -> "");
        }
    }

    private void report(CycleSearch.Circle circle) {
        List<Shown> shown = shown(circle);
        int start = earliest(shown);
        List<String> names = new ArrayList<>();
        for (int i = 0; i <= shown.size(); i++) {
            // An id may be invalid, which is reported elsewhere, and must not play tricks here.
            Shown at = shown.get((start + i) % shown.size());
            String name = Quoted.escaped(name(at.task()), MAX_NAME_LENGTH);
            names.add(i == shown.size() ? name : name + arrow(at.leads()));
        }
        TaskDraft first = shown.get(start).task();
        List<TaskDraft> tasks = shown.stream().map(Shown::task).toList();
        draft.problems.add(Problem.CYCLE, placeOf(first), () -> "a circle: " + path(names), () -> remedy(tasks));
    }

    private static String arrow(DependencyType type) {
        return type == DependencyType.FINISH_TO_START ? " -> " : " -" + type + "-> ";
    }

    /// Without what stands inside a sub-plan or step that is itself on the circle, and without
    /// repetitions.
    private List<Shown> shown(CycleSearch.Circle circle) {
        Set<String> names = new HashSet<>();
        for (int index : circle.tasks()) {
            names.add(name(draft.tasks.get(index)));
        }
        List<Shown> shown = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < circle.tasks().length; i++) {
            TaskDraft task = draft.tasks.get(circle.tasks()[i]);
            String name = name(task);
            if (!isInside(name, names) && seen.add(name)) {
                shown.add(new Shown(task, circle.types()[i]));
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

    private static int earliest(List<Shown> shown) {
        int earliest = 0;
        for (int i = 1; i < shown.size(); i++) {
            if (shown.get(i).task().index < shown.get(earliest).task().index) {
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
            return String.join("", names);
        }
        int left = names.size() - MAX_SHOWN;
        return names.stream().limit(MAX_SHOWN - 2).collect(Collectors.joining()) + "… " + Quoted.count(left + 1)
                + " more … -> " + names.getLast();
    }

    private static String remedy(List<TaskDraft> shown) {
        for (TaskDraft task : shown) {
            if (task.fallback != null && shown.contains(task.fallback)) {
                return "what needs " + Quoted.of(name(task)) + " also waits for its fallback "
                        + Quoted.of(name(task.fallback)) + ", so the fallback cannot wait for it";
            }
        }
        for (TaskDraft task : shown) {
            if (task.isBarrier()) {
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
