package dev.ropewalk.log;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.DelayReason;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.execution.TaskRanges;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Payload;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What the golden logs must decode to, by the names of their lines. Entries are only ever added: see
/// `src/test/resources/golden/README.md`.
final class GoldenEvents {

    private static final long NOON = 1_770_000_000_000_000L;
    private static final String DIGEST = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private static final Failure FAILURE =
            new Failure("HTTP_503", "prices.example answered 503", true, 2_500_000, Payload.json("{\"status\":503}"));

    private GoldenEvents() {}

    static Map<String, LogEvent> format1() {
        Map<String, LogEvent> events = new LinkedHashMap<>();
        events.put("ExecutionAccepted-1", new LogEvent.ExecutionAccepted(NOON, "nightly-7", -2L, DIGEST));
        events.put("ExecutionStarted-1", new LogEvent.ExecutionStarted(NOON));
        events.put("TasksQueued-1", new LogEvent.TasksQueued(NOON, new TaskRanges(3, 3, 7, 99_999, 0, 1)));
        events.put("TaskStarted-1", new LogEvent.TaskStarted(NOON, 300, 2));
        events.put(
                "TaskCompleted-1",
                new LogEvent.TaskCompleted(
                        NOON, 300, 2, inline("{\"rows\":12}", Payload.JSON), DIGEST, 1_234_567, usage()));
        events.put("TaskCompleted-1 null", new LogEvent.TaskCompleted(NOON, 0, 1, StoredValue.NULL, "", 0, List.of()));
        events.put(
                "TaskCompleted-1 collected",
                new LogEvent.TaskCompleted(NOON, 0, 0, new StoredValue.Collected(), "", 0, List.of()));
        events.put(
                "TaskCompleted-1 text",
                new LogEvent.TaskCompleted(
                        NOON, 0, 1, inline("grüß dich", "text/plain"), "not a digest", 5, List.of()));
        events.put(
                "TaskCompleted-1 external", new LogEvent.TaskCompleted(NOON, 0, 1, external(), DIGEST, 5, List.of()));
        events.put("AttemptFailed-1", new LogEvent.AttemptFailed(NOON, 300, 2, FAILURE, DIGEST, 1_234_567, usage()));
        events.put(
                "AttemptFailed-1 permanent",
                new LogEvent.AttemptFailed(
                        NOON, 300, 2, Failure.permanent("EXIT_2", "grep: usage"), "", 17, List.of()));
        events.put("AttemptStopped-1 lost", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.LOST));
        events.put("AttemptStopped-1 shutdown", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.SHUTDOWN));
        events.put("AttemptStopped-1 step", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.STEP_RETRY));
        events.put("AttemptStopped-1 cancel", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.CANCELLED));
        events.put("RetryScheduled-1", new LogEvent.RetryScheduled(NOON, 300, NOON + 2_500_000));
        events.put("TaskFailed-1", new LogEvent.TaskFailed(NOON, 300, FAILURE));
        events.put("TaskFailed-1 wide", new LogEvent.TaskFailed(NOON, 300, Failure.permanent("A", "lone \uD83E half")));
        events.put(
                "TaskTimedOut-1",
                new LogEvent.TaskTimedOut(NOON, 300, Failure.retryable(Failure.TIMEOUT, "ran longer than 30 s")));
        events.put("TaskSkipped-1 when", new LogEvent.TaskSkipped(NOON, 300, SkipReason.WHEN_FALSE, -1));
        events.put("TaskSkipped-1 not chosen", new LogEvent.TaskSkipped(NOON, 300, SkipReason.NOT_CHOSEN, -1));
        events.put("TaskSkipped-1 not needed", new LogEvent.TaskSkipped(NOON, 300, SkipReason.NOT_NEEDED, -1));
        events.put("TaskSkipped-1 tolerated", new LogEvent.TaskSkipped(NOON, 300, SkipReason.FAILURE_TOLERATED, -1));
        events.put("TaskSkipped-1 upstream", new LogEvent.TaskSkipped(NOON, 300, SkipReason.UPSTREAM_FAILED, 12));
        events.put("TasksCancelled-1", new LogEvent.TasksCancelled(NOON, new TaskRanges(0, 0, 5, 6)));
        events.put("ConditionEvaluated-1 holds", new LogEvent.ConditionEvaluated(NOON, 300, true));
        events.put("ConditionEvaluated-1 does not", new LogEvent.ConditionEvaluated(NOON, 300, false));
        events.put(
                "TaskExpanded-1", new LogEvent.TaskExpanded(NOON, 300, 3, inline("[\"a\",\"b\",\"c\"]", Payload.JSON)));
        events.put("StepRetrying-1", new LogEvent.StepRetrying(NOON, 4, 300, FAILURE));
        events.put("StepRetried-1", new LogEvent.StepRetried(NOON, 4));
        events.put(
                "ExecutionStopping-1 failure", new LogEvent.ExecutionStopping(NOON, StopReason.FAILURE, 300, FAILURE));
        events.put(
                "ExecutionStopping-1 cancel",
                new LogEvent.ExecutionStopping(
                        NOON, StopReason.CANCEL, -1, Failure.permanent("CANCELLED", "no longer wanted")));
        events.put(
                "ExecutionStopping-1 timeout",
                new LogEvent.ExecutionStopping(
                        NOON, StopReason.TIMEOUT, -1, Failure.permanent(Failure.TIMEOUT, "took too long")));
        events.put("ExecutionCompleted-1", new LogEvent.ExecutionCompleted(NOON, inline("42", Payload.JSON)));
        events.put("ExecutionFailed-1", new LogEvent.ExecutionFailed(NOON, 300, FAILURE));
        events.put("ExecutionCancelled-1", new LogEvent.ExecutionCancelled(NOON, "no longer wanted"));
        events.put("ExecutionTimedOut-1", new LogEvent.ExecutionTimedOut(NOON));
        events.put("RecoveryInitiated-1", new LogEvent.RecoveryInitiated(NOON, 9, 2));
        events.put("ResultRejected-1", new LogEvent.ResultRejected(NOON, 300, 1));
        return events;
    }

    /// What came after the first golden frame was written; new entries go to the end.
    static Map<String, LogEvent> later() {
        Map<String, LogEvent> events = new LinkedHashMap<>();
        events.put("AttemptStopped-1 preempted", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.PREEMPTED));
        events.put(
                "AttemptStopped-2",
                new LogEvent.AttemptStopped(
                        NOON, 300, 2, AttemptEnd.PREEMPTED, Optional.of(inline("{\"row\":7}", Payload.JSON))));
        events.put("TaskStarted-2", new LogEvent.TaskStarted(NOON, 300, 2, grants(), ""));
        events.put("TaskStarted-2 agent", new LogEvent.TaskStarted(NOON, 300, 2, List.of(), "worker-1"));
        events.put(
                "CompletionHeld-1",
                new LogEvent.CompletionHeld(
                        NOON, 300, 2, inline("{\"rows\":12}", Payload.JSON), DIGEST, 1_234_567, usage()));
        events.put("TaskDelayed-1 lag", new LogEvent.TaskDelayed(NOON, 300, NOON + 100_000, DelayReason.LAG));
        events.put("TaskDelayed-1 not before", new LogEvent.TaskDelayed(NOON, 0, NOON + 1, DelayReason.NOT_BEFORE));
        events.put(
                "TaskDelayed-1 window", new LogEvent.TaskDelayed(NOON, 1, NOON + 3_600_000_000L, DelayReason.WINDOW));
        events.put("DelayEnded-1", new LogEvent.DelayEnded(NOON, 300));
        events.put("DeadlineMissed-1 warn", new LogEvent.DeadlineMissed(NOON, -1, OnDeadlineMissed.WARN));
        events.put("DeadlineMissed-1 fail", new LogEvent.DeadlineMissed(NOON, 300, OnDeadlineMissed.FAIL));
        events.put("DeadlineMissed-1 escalate", new LogEvent.DeadlineMissed(NOON, 0, OnDeadlineMissed.ESCALATE));
        events.put("AttemptStopped-1 deadline", new LogEvent.AttemptStopped(NOON, 300, 2, AttemptEnd.DEADLINE));
        return events;
    }

    private static List<ResourceGrant> grants() {
        return List.of(
                new ResourceGrant(ResourceGrant.Kind.POOL, "big", 1_500, "gpu", "cards", 2_000_000),
                new ResourceGrant(ResourceGrant.Kind.GROUP, "llm", 1),
                new ResourceGrant(ResourceGrant.Kind.LOCK, "report-file", 1),
                new ResourceGrant(ResourceGrant.Kind.TOKENS, "", 4_000),
                new ResourceGrant(ResourceGrant.Kind.MONEY, "", 12_000));
    }

    private static StoredValue inline(String text, String contentType) {
        return new StoredValue.Inline(Payload.of(text.getBytes(StandardCharsets.UTF_8), contentType));
    }

    private static StoredValue external() {
        byte[] sha256 = new byte[32];
        sha256[0] = 1;
        sha256[31] = (byte) 0xFF;
        return new StoredValue.External("nightly-6", "b7f3", 70_000, sha256, Payload.JSON, "identity");
    }

    private static List<ResourceUse> usage() {
        return List.of(new ResourceUse("cpu-time", "ms", 850_000, 0), new ResourceUse("tokens", "tokens", 1_000, 42));
    }
}
