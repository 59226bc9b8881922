package dev.ropewalk.value;

import dev.ropewalk.execution.StoredValue;
import java.util.List;

/// What the items of one `forEach` returned, in order. Immutable; shared by everybody who refers to it.
///
/// The result of a task with `forEach` is the list of its items' results. In a step with `forEach`
/// several tasks run for an item, so there each entry is a map of their results by id. A task that was
/// skipped or failed counts as null.
public final class ItemResults {

    private final StoredValue[] values;
    private final List<String> ids;

    /// @param values item by item, the patterns of each in their order
    /// @param ids of the patterns; empty for a task with `forEach`
    ItemResults(StoredValue[] values, List<String> ids) {
        this.values = values;
        this.ids = ids;
    }

    /// The ids of the tasks that run for each item; empty for a task with `forEach`.
    public List<String> ids() {
        return ids;
    }

    public int count() {
        return values.length / width();
    }

    /// What the `pattern`-th task returned for the item.
    public StoredValue value(int item, int pattern) {
        return values[item * width() + pattern];
    }

    private int width() {
        return Math.max(1, ids.size());
    }
}
