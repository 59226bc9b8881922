package dev.ropewalk.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a [MemoryStore] keeps of one execution; guarded by the store's lock.
final class MemoryExecution {
    private ExecutionRow row;
    private final List<Frame> frames = new ArrayList<>();
    /// By index; null where no row was projected yet.
    private final List<@Nullable TaskRow> tasks = new ArrayList<>();

    MemoryExecution(ExecutionRow row) {
        this.row = row;
    }

    ExecutionRow row() {
        return row;
    }

    /// A quarantine stays, whatever the row of a later frame says.
    void append(Frame frame, ExecutionRow after) {
        frames.add(frame);
        row = row.quarantine().map(after::quarantined).orElse(after);
    }

    void quarantine(String reason) {
        row = row.quarantined(reason);
    }

    List<Frame> frames(long fromSeq, int limit) {
        int low = 0;
        int high = frames.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (frames.get(middle).lastSeq() < fromSeq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return List.copyOf(frames.subList(low, low + Math.min(limit, frames.size() - low)));
    }

    void project(TaskRow task) {
        while (tasks.size() <= task.index()) {
            tasks.add(null);
        }
        tasks.set(task.index(), task);
    }

    List<TaskRow> tasks(TaskQuery query) {
        return tasks.stream()
                .skip(query.fromIndex())
                .filter(Objects::nonNull)
                .filter(task -> query.statuses().isEmpty() || query.statuses().contains(task.status()))
                .filter(task -> query.path().map(task.path()::equals).orElse(true))
                .limit(query.limit())
                .toList();
    }
}
