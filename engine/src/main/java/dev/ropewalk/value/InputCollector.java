package dev.ropewalk.value;

import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Expansion;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.TaskStatus;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies from the state of one execution what its templates refer to. Owned by the loop, like the
/// state; what it returns may go to any thread. Costs a few object headers a task; the results of a
/// `forEach` are put together once, however many tasks refer to them.
public final class InputCollector {

    private static final Recorded[] NONE = {};

    private final PlanReferences references;
    private final IdentityHashMap<Expansion, ItemResults> results = new IdentityHashMap<>();
    private final IdentityHashMap<Expansion, ItemList> items = new IdentityHashMap<>();

    public InputCollector(PlanReferences references) {
        this.references = references;
    }

    /// What the arguments, the condition and the items of `task` refer to.
    public TaskInputs ofTask(ExecutionState state, int task) {
        Expansion expansion = state.expansionOf(task).orElse(null);
        PlannedTask definition = state.plan().task(expansion == null ? task : expansion.pattern(task));
        int[] tasks = references.ofTask(definition.index());
        return new TaskInputs(
                references,
                definition,
                tasks,
                recorded(state, tasks, expansion, task),
                expansion == null ? null : items.computeIfAbsent(expansion, e -> new ItemList(e.items())),
                expansion == null ? 0 : expansion.item(task),
                state.id(),
                state.startedAt());
    }

    /// What the plan's result refers to.
    public TaskInputs ofResult(ExecutionState state) {
        int[] tasks = references.ofResult();
        return new TaskInputs(
                references, null, tasks, recorded(state, tasks, null, 0), null, 0, state.id(), state.startedAt());
    }

    /// What is recorded of one task, for those who show it; `task` may be an item's.
    public Recorded recorded(ExecutionState state, int task) {
        return state.expansionOf(task).isPresent() ? single(state, task) : recorded(state, task, null, task);
    }

    private Recorded[] recorded(ExecutionState state, int[] tasks, @Nullable Expansion expansion, int reader) {
        if (tasks.length == 0) {
            return NONE;
        }
        Recorded[] recorded = new Recorded[tasks.length];
        for (int i = 0; i < tasks.length; i++) {
            recorded[i] = recorded(state, tasks[i], expansion, reader);
        }
        return recorded;
    }

    /// @param expansion to which the reading task belongs: it sees what its own item's tasks returned
    private Recorded recorded(ExecutionState state, int task, @Nullable Expansion expansion, int reader) {
        PlannedTask definition = state.plan().task(task);
        if (!definition.template()) {
            return single(state, task);
        }
        if (expansion != null && expansion.owner() == definition.group()) {
            return single(state, expansion.task(expansion.item(reader), task));
        }
        return several(state, definition.group(), task);
    }

    private Recorded single(ExecutionState state, int task) {
        TaskStatus status = state.taskStatus(task);
        if (!status.ended()) {
            return new Recorded.Unfinished(status);
        }
        int standIn = state.standIn(task);
        if (!state.taskStatus(standIn).ended()) {
            return new Recorded.Unfinished(status);
        }
        StoredValue value = state.taskResult(standIn).orElse(StoredValue.NULL);
        if (!(value instanceof StoredValue.Collected)) {
            return new Recorded.Single(status, value);
        }
        Expansion expansion = state.expansion(standIn).orElseThrow();
        return new Recorded.Several(status, results(state, expansion), -1);
    }

    private Recorded several(ExecutionState state, int owner, int pattern) {
        TaskStatus status = state.taskStatus(owner);
        if (!status.ended()) {
            return new Recorded.Unfinished(status);
        }
        Expansion expansion = state.expansion(owner).orElse(null);
        if (expansion == null) {
            return new Recorded.Single(status, StoredValue.NULL);
        }
        int place = 0;
        while (expansion.patterns()[place] != pattern) {
            place++;
        }
        return new Recorded.Several(status, results(state, expansion), place);
    }

    /// Called when the `forEach` has ended, so the results of its items are final.
    private ItemResults results(ExecutionState state, Expansion expansion) {
        ItemResults known = results.get(expansion);
        if (known == null) {
            known = collect(state, expansion);
            results.put(expansion, known);
        }
        return known;
    }

    private static ItemResults collect(ExecutionState state, Expansion expansion) {
        StoredValue[] values = new StoredValue[expansion.count() * expansion.patterns().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = state.taskResult(expansion.first() + i).orElse(StoredValue.NULL);
        }
        List<String> ids = Arrays.stream(expansion.patterns())
                .mapToObj(pattern -> PlanReferences.idInItems(state.plan().task(pattern)))
                .filter(id -> !id.isEmpty())
                .toList();
        return new ItemResults(values, ids);
    }
}
