package dev.ropewalk.engine;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.resource.Balance;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/// What the loop has decided since it last handed something to the log writer: the events to make
/// durable, and the effects that wait for it.
public final class PendingBatch {

    /// The events of one execution, with what its row says after them.
    public record Draft(
            LiveExecution execution,
            long firstSeq,
            List<LogEvent> events,
            String status,
            long acceptedAt,
            long startedAt,
            long endedAt,
            long nextDue,
            Optional<String> errorCode,
            boolean isNew) {}

    final LinkedHashSet<LiveExecution> touched = new LinkedHashSet<>();

    /// Run when the batch is durable, by whoever finds out; must not block.
    final List<Runnable> effects = new ArrayList<>();

    /// Run on the loop after the effects.
    final List<LongConsumer> afterSync = new ArrayList<>();

    List<Draft> drafts = List.of();

    /// What rates and budgets have used up after these events.
    List<Balance> balances = List.of();

    public List<Draft> drafts() {
        return drafts;
    }

    boolean isEmpty() {
        return touched.isEmpty() && effects.isEmpty() && afterSync.isEmpty();
    }
}
