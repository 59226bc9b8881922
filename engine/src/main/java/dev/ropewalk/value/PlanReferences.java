package dev.ropewalk.value;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Scope;
import dev.ropewalk.plan.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Which tasks the templates of a plan refer to, so that the loop can hand an attempt what it needs
/// without looking into any template. Computed once, off the loop, when a plan is submitted or loaded.
/// Immutable, for use by several threads.
///
/// An expression is not parsed here: each word in it that is the id of a task counts as a reference.
/// That needs no expression language, costs next to nothing for 100,000 tasks, and at worst hands over
/// a value that nobody asks for. An id that an expression spells with escapes is not seen; the
/// evaluation says so.
public final class PlanReferences {

    private static final int[] NONE = {};
    private static final int NO_TASK = -1;

    private final ExecutionPlan plan;

    /// By scope: the tasks of steps with `forEach`, whose paths hold their step's id too.
    private final List<Map<String, Integer>> patterns = new ArrayList<>();

    /// By scope: what its variables refer to, those around it included.
    private final List<int[]> ofVariables = new ArrayList<>();

    private final int[][] ofTasks;
    private final int[] ofResult;

    private PlanReferences(ExecutionPlan plan) {
        this.plan = plan;
        plan.scopes().forEach(_ -> patterns.add(new HashMap<>()));
        for (PlannedTask task : plan.tasks()) {
            String id = idInItems(task);
            if (!id.isEmpty()) {
                patterns.get(task.scope()).put(id, task.index());
            }
        }
        for (Scope scope : plan.scopes()) {
            ofVariables.add(variables(scope));
        }
        ofTasks = new int[plan.taskCount()][];
        for (PlannedTask task : plan.tasks()) {
            NavigableSet<Integer> found = new TreeSet<>();
            addTo(found, task.arguments(), task.scope());
            task.when().ifPresent(when -> addTo(found, when, task.scope()));
            task.conditions().forEach(condition -> addTo(found, condition, task.scope()));
            task.items().ifPresent(items -> addTo(found, items, task.scope()));
            ofTasks[task.index()] = sorted(found);
        }
        NavigableSet<Integer> found = new TreeSet<>();
        addTo(found, plan.result(), 0);
        ofResult = sorted(found);
    }

    public static PlanReferences of(ExecutionPlan plan) {
        return new PlanReferences(plan);
    }

    ExecutionPlan plan() {
        return plan;
    }

    /// The indexes of the tasks to which the task's templates refer, ascending.
    int[] ofTask(int task) {
        return ofTasks[task];
    }

    int[] ofResult() {
        return ofResult;
    }

    /// The task that `id` means in the scope, or -1.
    int task(int scope, String id) {
        String prefix = plan.scopes().get(scope).prefix();
        int direct = plan.indexOf(prefix.isEmpty() ? id : prefix + id).orElse(NO_TASK);
        return direct == NO_TASK ? patterns.get(scope).getOrDefault(id, NO_TASK) : direct;
    }

    /// The id of a task in a step with `forEach`; empty for other tasks, also for the pattern of a task
    /// with `forEach`, which is not called by a name of its own.
    static String idInItems(PlannedTask task) {
        int end = task.template() ? task.path().lastIndexOf("[*]/") : -1;
        return end < 0 ? "" : task.path().substring(end + "[*]/".length());
    }

    /// A scope stands behind the one around it.
    private int[] variables(Scope scope) {
        NavigableSet<Integer> found = new TreeSet<>();
        if (scope.parent() >= 0) {
            scope.variables().forEach(variable -> addTo(found, variable.value(), scope.parent()));
        }
        return sorted(found);
    }

    private void addTo(NavigableSet<Integer> found, Template template, int scope) {
        switch (template) {
            case Template.Literal _ -> {}
            case Template.ResultOf(String id) -> addTask(found, scope, id);
            case Template.Expression(String source) -> {
                addWords(found, scope, source);
                // Which variables it uses is not known, so all of them count.
                for (int task : ofVariables.get(scope)) {
                    found.add(task);
                }
            }
            case Template.Text(List<Template> parts) -> parts.forEach(part -> addTo(found, part, scope));
            case Template.Sequence(List<Template> items) -> items.forEach(item -> addTo(found, item, scope));
            case Template.Mapping(List<Template.Entry> entries) ->
                entries.forEach(entry -> addTo(found, entry.value(), scope));
        }
    }

    /// Words may hold hyphens as ids do, but a hyphen may also be a minus: both readings count.
    private void addWords(NavigableSet<Integer> found, int scope, String source) {
        int start = 0;
        for (int i = 0; i <= source.length(); i++) {
            if (i < source.length() && isPartOfId(source.charAt(i))) {
                continue;
            }
            if (i > start) {
                String word = source.substring(start, i);
                addTask(found, scope, word);
                if (word.indexOf('-') >= 0) {
                    for (String part : word.split("-", -1)) {
                        addTask(found, scope, part);
                    }
                }
            }
            start = i + 1;
        }
    }

    private static boolean isPartOfId(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }

    private void addTask(NavigableSet<Integer> found, int scope, String id) {
        int task = task(scope, id);
        if (task != NO_TASK) {
            found.add(task);
        }
    }

    private static int[] sorted(NavigableSet<Integer> found) {
        return found.isEmpty()
                ? NONE
                : found.stream().mapToInt(Integer::intValue).toArray();
    }
}
