package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionError;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.TaskMetrics;
import dev.ropewalk.TaskResult;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.Json;
import dev.ropewalk.value.PlanReferences;
import dev.ropewalk.value.ValueException;
import dev.ropewalk.value.ValueReader;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the result of an execution from its final state. Called when the state no longer changes; may
/// read what is kept out of line.
final class ResultAssembly {

    /// So many tasks that were skipped because of one failure are named.
    private static final int MAX_NAMED = 1_000;

    /// So many bytes of partial results are read at once; each is small, but there can be 100,000.
    private static final int MAX_PARTIAL_BYTES = 16 * 1024 * 1024;

    private final ExecutionState state;
    private final ExecutionPlan plan;
    private final ValueReader values;

    ResultAssembly(ExecutionState state, ValueReader values) {
        this.state = state;
        this.plan = state.plan();
        this.values = values;
    }

    ExecutionResult assemble(LoggedFacts facts) {
        Map<String, @Nullable Object> partial = new LinkedHashMap<>();
        List<String> omitted = new ArrayList<>();
        Object result = null;
        if (state.status() == ExecutionStatus.COMPLETED) {
            result = planResult(omitted);
        } else {
            collectPartial(partial, omitted);
        }
        return new ExecutionResult(
                state.id(),
                planId(plan),
                state.status(),
                time(state.startedAt()),
                time(state.endedAt()),
                result,
                error(),
                MetricsAssembly.of(state, state.endedAt()),
                facts::resourceUsage,
                failures(),
                partial,
                omitted,
                facts::timeline);
    }

    private @Nullable Object planResult(List<String> omitted) {
        try {
            return values.read(state.result());
        } catch (ValueException e) {
            throwUnlessTooLarge(e);
            omitted.add(ExecutionResult.PLAN_RESULT);
            return null;
        }
    }

    private static void throwUnlessTooLarge(ValueException e) {
        if (!e.code().equals(ValueException.VALUE_TOO_LARGE)) {
            throw e;
        }
    }

    static String planId(ExecutionPlan plan) {
        return plan.version().isEmpty() ? plan.name() : plan.name() + "@" + plan.version();
    }

    private Optional<ExecutionError> error() {
        if (state.status() == ExecutionStatus.COMPLETED || !state.status().ended()) {
            return Optional.empty();
        }
        Optional<String> task = state.failedTask() < 0 ? Optional.empty() : Optional.of(state.path(state.failedTask()));
        return state.failure().map(failure -> error(failure, task, state.endedAt()));
    }

    static ExecutionError error(Failure failure, Optional<String> task, long at) {
        Map<String, @Nullable Object> context = new LinkedHashMap<>();
        if (Json.read(failure.context().bytes()) instanceof Map<?, ?> known) {
            known.forEach((key, value) -> context.put(String.valueOf(key), value));
        }
        return new ExecutionError(failure.code(), failure.message(), task, instant(at), failure.retryable(), context);
    }

    private List<TaskResult> failures() {
        Map<Integer, List<String>> skippedBecauseOf = skippedByCause();
        List<TaskResult> failures = new ArrayList<>();
        for (int task = 0; task < state.taskCount(); task++) {
            if (state.failedForGood(task)) {
                failures.add(taskResult(task, skippedBecauseOf.getOrDefault(task, List.of())));
            }
        }
        return failures;
    }

    private Map<Integer, List<String>> skippedByCause() {
        Map<Integer, List<String>> skipped = new HashMap<>();
        for (int task = 0; task < state.taskCount(); task++) {
            int cause = state.skipCause(task);
            if (cause >= 0 && state.counted(task)) {
                List<String> names = skipped.computeIfAbsent(cause, _ -> new ArrayList<>());
                if (names.size() < MAX_NAMED) {
                    names.add(state.path(task));
                }
            }
        }
        return skipped;
    }

    private TaskResult taskResult(int task, List<String> skipped) {
        return new TaskResult(
                state.path(task),
                state.definition(task).tool(),
                state.taskStatus(task),
                metrics(state, task),
                state.taskFailure(task)
                        .map(failure -> error(failure, Optional.of(state.path(task)), state.endedAt(task))),
                state.skipReason(task).map(SkipReason::name),
                skipped);
    }

    static TaskMetrics metrics(ExecutionState state, int task) {
        long queued = state.queuedAt(task);
        long started = state.startedAt(task);
        return new TaskMetrics(
                time(queued),
                time(started),
                time(state.endedAt(task)),
                queued == 0 || started == 0 ? Optional.empty() : Optional.of(micros(started - queued)),
                micros(state.runMicros(task)),
                state.attempts(task),
                state.agent(task));
    }

    private void collectPartial(Map<String, @Nullable Object> partial, List<String> omitted) {
        InputCollector collector = new InputCollector(PlanReferences.of(plan));
        long room = MAX_PARTIAL_BYTES;
        for (int task = 0; task < state.taskCount(); task++) {
            if (state.taskStatus(task) != TaskStatus.COMPLETED || !state.counted(task)) {
                continue;
            }
            StoredValue value = state.taskResult(task).orElse(StoredValue.NULL);
            switch (value) {
                case StoredValue.Inline inline -> {
                    room -= inline.payload().size();
                    if (room < 0) {
                        omitted.add(state.path(task));
                    } else {
                        partial.put(state.path(task), values.read(inline));
                    }
                }
                case StoredValue.External _ -> omitted.add(state.path(task));
                case StoredValue.Collected _ -> collect(task, collector, partial, omitted);
            }
        }
    }

    private void collect(
            int task, InputCollector collector, Map<String, @Nullable Object> partial, List<String> omitted) {
        try {
            partial.put(state.path(task), values.read(collector.recorded(state, task)));
        } catch (ValueException e) {
            throwUnlessTooLarge(e);
            omitted.add(state.path(task));
        }
    }

    static Optional<Instant> time(long micros) {
        return micros == 0 ? Optional.empty() : Optional.of(instant(micros));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    static Duration micros(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }
}
