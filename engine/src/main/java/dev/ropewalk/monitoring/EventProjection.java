package dev.ropewalk.monitoring;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.DelayReason;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnDeadlineMissed;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the events that people see of those in the log: the same from a replay as live. One record
/// may stand for several events (ten thousand tasks queued at once); the second number of the id tells
/// them apart. To be fed all events of an execution in order, from the first. For one thread.
final class EventProjection {

    private final TaskNames names;
    private final ExecutionPlan plan;
    private final HeldGrants held = new HeldGrants();
    private long seq;

    EventProjection(ExecutionPlan plan) {
        this.plan = plan;
        this.names = new TaskNames(plan);
    }

    /// The number of the last event that it was fed.
    long seq() {
        return seq;
    }

    TaskNames names() {
        return names;
    }

    /// Takes the next event, and adds what people see of it to `out`.
    void project(LogEvent event, List<ExecutionEvent> out) {
        seq++;
        names.follow(event);
        switch (event) {
            case LogEvent.ExecutionAccepted _ ->
                whole(out, event, ExecutionEventType.EXECUTION_ACCEPTED, "execution accepted", Map.of());
            case LogEvent.ExecutionStarted _ ->
                whole(out, event, ExecutionEventType.EXECUTION_STARTED, "execution started", Map.of());
            case LogEvent.TasksQueued e -> queued(e, out);
            case LogEvent.TaskStarted e -> started(e, out);
            case LogEvent.TaskCompleted e -> completed(e, out);
            case LogEvent.CompletionHeld e -> completionHeld(e, out);
            case LogEvent.TaskDelayed e -> delayed(e, out);
            case LogEvent.DelayEnded _ -> {}
            case LogEvent.DeadlineMissed e -> deadlineMissed(e, out);
            case LogEvent.AttemptFailed e -> {
                Map<String, @Nullable Object> facts = failure(e.failure());
                facts.put("attempt", (long) e.attempt());
                facts.put("runMs", e.runMicros() / 1_000);
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.ATTEMPT_FAILED,
                        "attempt " + e.attempt() + " failed: " + e.failure().message(),
                        facts);
                held.ended(e.task(), e.at(), e.usage(), further(e, e.task(), out));
            }
            case LogEvent.AttemptStopped e -> {
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.ATTEMPT_STOPPED,
                        "attempt %d %s".formatted(e.attempt(), words(e.reason())),
                        facts(
                                "attempt",
                                (long) e.attempt(),
                                "reason",
                                e.reason().name()));
                held.ended(e.task(), e.at(), List.of(), further(e, e.task(), out));
            }
            case LogEvent.RetryScheduled e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.RETRY_SCHEDULED,
                        "next attempt in %d ms".formatted((e.due() - e.at()) / 1_000),
                        facts("due", instant(e.due()).toString()));
            case LogEvent.TaskFailed e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.TASK_FAILED,
                        "failed: " + e.failure().message(),
                        failure(e.failure()));
            case LogEvent.TaskTimedOut e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.TASK_TIMED_OUT,
                        "timed out: " + e.failure().message(),
                        failure(e.failure()));
            case LogEvent.TaskSkipped e -> skipped(e, out);
            case LogEvent.TasksCancelled e -> cancelled(e, out);
            case LogEvent.ConditionEvaluated e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.TASK_CONDITION_EVALUATED,
                        e.holds() ? "its condition holds" : "its condition does not hold",
                        facts("holds", e.holds()));
            case LogEvent.TaskExpanded e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.TASK_EXPANDED,
                        "expanded over %d items".formatted(e.count()),
                        facts("items", (long) e.count()));
            case LogEvent.StepRetrying e ->
                step(out, e, e.step(), ExecutionEventType.STEP_RETRYING, "will run again", e.failure());
            case LogEvent.StepRetried e -> step(out, e, e.step(), ExecutionEventType.STEP_RETRIED, "runs again", null);
            case LogEvent.ExecutionStopping e ->
                whole(
                        out,
                        e,
                        ExecutionEventType.EXECUTION_STOPPING,
                        words(e.reason()) + ": " + e.failure().message(),
                        failure(e.failure()));
            case LogEvent.ExecutionCompleted _ ->
                whole(out, event, ExecutionEventType.EXECUTION_COMPLETED, "execution completed", Map.of());
            case LogEvent.ExecutionFailed e ->
                whole(
                        out,
                        e,
                        ExecutionEventType.EXECUTION_FAILED,
                        "execution failed: " + e.failure().message(),
                        failure(e.failure()));
            case LogEvent.ExecutionCancelled e ->
                whole(
                        out,
                        e,
                        ExecutionEventType.EXECUTION_CANCELLED,
                        "execution cancelled: " + e.reason(),
                        facts("reason", e.reason()));
            case LogEvent.ExecutionTimedOut _ ->
                whole(out, event, ExecutionEventType.EXECUTION_TIMED_OUT, "execution timed out", Map.of());
            case LogEvent.RecoveryInitiated e ->
                whole(
                        out,
                        e,
                        ExecutionEventType.RECOVERY_INITIATED,
                        "another process goes on; " + lost(e.lost()),
                        facts("lost", (long) e.lost(), "epoch", e.epoch()));
            case LogEvent.ResultRejected e ->
                task(
                        out,
                        e,
                        e.task(),
                        ExecutionEventType.RESULT_REJECTED,
                        "an outcome of attempt %d came too late and counts for nothing".formatted(e.attempt()),
                        facts("attempt", (long) e.attempt()));
        }
    }

    private void started(LogEvent.TaskStarted e, List<ExecutionEvent> out) {
        Map<String, @Nullable Object> facts = facts("attempt", (long) e.attempt());
        if (!e.agent().isEmpty()) {
            facts.put("agent", e.agent());
        }
        task(out, e, e.task(), ExecutionEventType.TASK_STARTED, words(e), facts);
        held.started(e, further(e, e.task(), out));
    }

    /// Adds what else the same record stands for.
    private HeldGrants.Sink further(LogEvent event, int task, List<ExecutionEvent> out) {
        int[] k = {1};
        return (ExecutionEventType type, String description, Map<String, @Nullable Object> facts) ->
                out.add(event(event, k[0]++, type, Optional.of(names.path(task)), description, facts));
    }

    private void queued(LogEvent.TasksQueued e, List<ExecutionEvent> out) {
        int[] k = {0};
        e.tasks()
                .forEach(task -> out.add(event(
                        e, k[0]++, ExecutionEventType.TASK_QUEUED, Optional.of(names.path(task)), "queued", Map.of())));
    }

    private void delayed(LogEvent.TaskDelayed e, List<ExecutionEvent> out) {
        if (names.counted(e.task())) {
            task(
                    out,
                    e,
                    e.task(),
                    ExecutionEventType.TASK_DELAYED,
                    "waits until %s: %s".formatted(instant(e.due()), words(e.reason())),
                    facts(
                            "due",
                            instant(e.due()).toString(),
                            "reason",
                            e.reason().name()));
        }
    }

    private void deadlineMissed(LogEvent.DeadlineMissed e, List<ExecutionEvent> out) {
        Map<String, @Nullable Object> facts = facts("action", e.action().name());
        if (e.task() < 0) {
            whole(
                    out,
                    e,
                    ExecutionEventType.EXECUTION_DEADLINE_MISSED,
                    "the execution missed its deadline: " + words(e.action()),
                    facts);
        } else {
            task(
                    out,
                    e,
                    e.task(),
                    ExecutionEventType.TASK_DEADLINE_MISSED,
                    "missed its deadline: " + words(e.action()),
                    facts);
        }
    }

    private static String words(DelayReason reason) {
        return switch (reason) {
            case LAG -> "a lag after what it depends on";
            case NOT_BEFORE -> "it is not to start before";
            case WINDOW -> "none of its windows is open";
        };
    }

    private static String words(OnDeadlineMissed action) {
        return switch (action) {
            case WARN -> "it goes on";
            case FAIL -> "it fails";
            case ESCALATE -> "its priority is CRITICAL from now on";
        };
    }

    private void cancelled(LogEvent.TasksCancelled e, List<ExecutionEvent> out) {
        int[] k = {0};
        e.tasks().forEach(task -> {
            if (names.counted(task)) {
                out.add(event(
                        e,
                        k[0]++,
                        ExecutionEventType.TASK_CANCELLED,
                        Optional.of(names.path(task)),
                        "cancelled",
                        Map.of()));
            }
        });
    }

    private void completed(LogEvent.TaskCompleted e, List<ExecutionEvent> out) {
        Map<String, @Nullable Object> facts = facts("attempt", (long) e.attempt(), "runMs", e.runMicros() / 1_000);
        switch (e.result()) {
            case StoredValue.Inline(var payload) -> facts.put("resultBytes", (long) payload.size());
            case StoredValue.External external -> facts.put("resultBytes", external.size());
            case StoredValue.Collected _ -> facts.remove("attempt");
        }
        if (!e.inputDigest().isEmpty()) {
            facts.put("inputDigest", e.inputDigest());
        }
        task(out, e, e.task(), ExecutionEventType.TASK_COMPLETED, "completed", facts);
        held.ended(e.task(), e.at(), e.usage(), further(e, e.task(), out));
    }

    private void completionHeld(LogEvent.CompletionHeld e, List<ExecutionEvent> out) {
        String words = "done; its completion waits for other tasks";
        Map<String, @Nullable Object> facts = facts("attempt", (long) e.attempt(), "runMs", e.runMicros() / 1_000);
        task(out, e, e.task(), ExecutionEventType.TASK_COMPLETION_HELD, words, facts);
        held.ended(e.task(), e.at(), e.usage(), further(e, e.task(), out));
    }

    private void skipped(LogEvent.TaskSkipped e, List<ExecutionEvent> out) {
        Map<String, @Nullable Object> facts = facts("reason", e.reason().name());
        String cause = e.cause() < 0 ? "" : names.path(e.cause());
        if (!cause.isEmpty()) {
            facts.put("cause", cause);
        }
        task(out, e, e.task(), ExecutionEventType.TASK_SKIPPED, "skipped: " + words(e.reason(), cause), facts);
    }

    private void step(
            List<ExecutionEvent> out,
            LogEvent event,
            int step,
            ExecutionEventType type,
            String what,
            @Nullable Failure failure) {
        String path = plan.step(step).path();
        Map<String, @Nullable Object> facts = failure == null ? facts() : failure(failure);
        facts.put("step", path);
        out.add(event(event, 0, type, Optional.empty(), "step " + path + " " + what, facts));
    }

    private void whole(
            List<ExecutionEvent> out,
            LogEvent event,
            ExecutionEventType type,
            String description,
            Map<String, @Nullable Object> facts) {
        out.add(event(event, 0, type, Optional.empty(), description, facts));
    }

    private void task(
            List<ExecutionEvent> out,
            LogEvent event,
            int task,
            ExecutionEventType type,
            String description,
            Map<String, @Nullable Object> facts) {
        out.add(event(event, 0, type, Optional.of(names.path(task)), description, facts));
    }

    private ExecutionEvent event(
            LogEvent event,
            int k,
            ExecutionEventType type,
            Optional<String> task,
            String description,
            Map<String, @Nullable Object> facts) {
        return new ExecutionEvent(seq + "." + k, seq, type, instant(event.at()), task, description, facts);
    }

    private static Map<String, @Nullable Object> failure(Failure failure) {
        return facts("code", failure.code(), "message", failure.message());
    }

    private static String words(LogEvent.TaskStarted e) {
        String attempt = e.attempt() == 1 ? "started" : "started, attempt " + e.attempt();
        return e.agent().isEmpty() ? attempt : attempt + ", by agent " + e.agent();
    }

    private static Map<String, @Nullable Object> facts(Object... keysAndValues) {
        Map<String, @Nullable Object> facts = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            facts.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return facts;
    }

    private static String words(AttemptEnd reason) {
        return switch (reason) {
            case LOST -> "was lost with the process that ran it";
            case SHUTDOWN -> "was stopped, because the engine was shut down";
            case PREEMPTED -> "was stopped, to give way to a task of higher priority";
            case STEP_RETRY -> "was stopped, because its step runs again";
            case DEADLINE -> "was stopped, because its task missed its deadline";
            case CANCELLED -> "was stopped, because the execution ends";
        };
    }

    private static String lost(int attempts) {
        return switch (attempts) {
            case 0 -> "no attempt was under way";
            case 1 -> "1 attempt was lost";
            default -> attempts + " attempts were lost";
        };
    }

    private static String words(StopReason reason) {
        return switch (reason) {
            case FAILURE -> "stopping after a failure";
            case CANCEL -> "cancelled";
            case TIMEOUT -> "out of time";
        };
    }

    private static String words(SkipReason reason, String cause) {
        return switch (reason) {
            case WHEN_FALSE -> "its condition does not hold";
            case NOT_CHOSEN -> "another task of its step was chosen";
            case NOT_NEEDED -> "the task that it stands in for did not fail";
            case FAILURE_TOLERATED -> "it failed, which its onFailure tolerates";
            case UPSTREAM_FAILED -> cause.isEmpty() ? "a task that it needs failed" : cause + " failed";
        };
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
