package dev.ropewalk.monitoring;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ResourceUsage;
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
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EventProjectionTest {

    private static final Failure FAILURE = Failure.retryable("IO", "no route");

    private final ExecutionPlan plan = ExecutionPlan.named("p")
            .task("list", t -> t.tool("list"))
            .task("each", t -> t.tool("work").forEach(resultOf("list")))
            .task("other", t -> t.tool("list"))
            .task("more", t -> t.tool("work").forEach(resultOf("other")))
            .build();
    private final EventProjection projection = new EventProjection(plan);

    private int task(String path) {
        return plan.tasks().stream()
                .filter(task -> task.path().equals(path))
                .mapToInt(PlannedTask::index)
                .findFirst()
                .orElseThrow();
    }

    private List<ExecutionEvent> all(LogEvent event) {
        List<ExecutionEvent> out = new ArrayList<>();
        projection.project(event, out);
        return out;
    }

    private ExecutionEvent one(LogEvent event) {
        assertThat(all(event)).hasSize(1);
        return new EventProjectionTest().all(event).getFirst();
    }

    private void says(LogEvent event, ExecutionEventType type, String description, Map<String, ?> facts) {
        ExecutionEvent seen = one(event);
        assertThat(seen.type()).isEqualTo(type);
        assertThat(seen.description()).isEqualTo(description);
        assertThat(seen.data()).isEqualTo(facts);
    }

    @Test
    void waiting_and_deadlines_are_told() {
        int list = task("list");
        says(
                new LogEvent.CompletionHeld(5_000, list, 1, StoredValue.NULL, "", 4_000, List.of()),
                ExecutionEventType.TASK_COMPLETION_HELD,
                "done; its completion waits for other tasks",
                Map.of("attempt", 1L, "runMs", 4L));
        says(
                new LogEvent.TaskDelayed(5_000, list, 1_000_000, DelayReason.LAG),
                ExecutionEventType.TASK_DELAYED,
                "waits until 1970-01-01T00:00:01Z: a lag after what it depends on",
                Map.of("due", "1970-01-01T00:00:01Z", "reason", "LAG"));
        says(
                new LogEvent.TaskDelayed(5_000, list, 1_000_000, DelayReason.NOT_BEFORE),
                ExecutionEventType.TASK_DELAYED,
                "waits until 1970-01-01T00:00:01Z: it is not to start before",
                Map.of("due", "1970-01-01T00:00:01Z", "reason", "NOT_BEFORE"));
        says(
                new LogEvent.TaskDelayed(5_000, list, 1_000_000, DelayReason.WINDOW),
                ExecutionEventType.TASK_DELAYED,
                "waits until 1970-01-01T00:00:01Z: none of its windows is open",
                Map.of("due", "1970-01-01T00:00:01Z", "reason", "WINDOW"));
        says(
                new LogEvent.DeadlineMissed(5_000, list, OnDeadlineMissed.ESCALATE),
                ExecutionEventType.TASK_DEADLINE_MISSED,
                "missed its deadline: its priority is CRITICAL from now on",
                Map.of("action", "ESCALATE"));
        says(
                new LogEvent.DeadlineMissed(5_000, list, OnDeadlineMissed.FAIL),
                ExecutionEventType.TASK_DEADLINE_MISSED,
                "missed its deadline: it fails",
                Map.of("action", "FAIL"));
        says(
                new LogEvent.DeadlineMissed(5_000, -1, OnDeadlineMissed.WARN),
                ExecutionEventType.EXECUTION_DEADLINE_MISSED,
                "the execution missed its deadline: it goes on",
                Map.of("action", "WARN"));
        assertThat(all(new LogEvent.DelayEnded(5_000, list))).isEmpty();
    }

    @Test
    void every_record_of_an_attempt_tells_what_happened_and_to_which_task() {
        int list = task("list");
        says(
                new LogEvent.TaskStarted(7, list, 2, List.of(), "anna"),
                ExecutionEventType.TASK_STARTED,
                "started, attempt 2, by agent anna",
                Map.of("attempt", 2L, "agent", "anna"));
        says(new LogEvent.TaskStarted(7, list, 1), ExecutionEventType.TASK_STARTED, "started", Map.of("attempt", 1L));
        says(
                new LogEvent.TaskStarted(7, list, 3),
                ExecutionEventType.TASK_STARTED,
                "started, attempt 3",
                Map.of("attempt", 3L));
        says(
                new LogEvent.AttemptFailed(7, list, 2, FAILURE, "", 4_000, List.of()),
                ExecutionEventType.ATTEMPT_FAILED,
                "attempt 2 failed: no route",
                Map.of("code", "IO", "message", "no route", "attempt", 2L, "runMs", 4L));
        says(
                new LogEvent.RetryScheduled(1_000, list, 3_001_000),
                ExecutionEventType.RETRY_SCHEDULED,
                "next attempt in 3000 ms",
                Map.of("due", "1970-01-01T00:00:03.001Z"));
        says(
                new LogEvent.ResultRejected(7, list, 1),
                ExecutionEventType.RESULT_REJECTED,
                "an outcome of attempt 1 came too late and counts for nothing",
                Map.of("attempt", 1L));
        assertThat(one(new LogEvent.TaskStarted(7, list, 1)).taskId()).contains("list");
    }

    @Test
    void what_an_attempt_is_given_and_gives_back_is_told_thing_by_thing() {
        List<ResourceGrant> grants = List.of(
                new ResourceGrant(ResourceGrant.Kind.POOL, "big", 1_500, "gpu", "cards", 0),
                new ResourceGrant(ResourceGrant.Kind.GROUP, "llm", 1),
                new ResourceGrant(ResourceGrant.Kind.LOCK, "file", 1),
                new ResourceGrant(ResourceGrant.Kind.TOKENS, "", 4_000),
                new ResourceGrant(ResourceGrant.Kind.MONEY, "", 12_000));
        List<ResourceUse> usage = List.of(new ResourceUse("tokens", "tokens", 3_000_000, 0));

        List<ExecutionEvent> given = all(new LogEvent.TaskStarted(7, 0, 1, grants, "worker-1"));
        List<ExecutionEvent> back = all(new LogEvent.TaskCompleted(2_000_007, 0, 1, StoredValue.NULL, "", 5, usage));

        assertThat(given.getFirst().data()).containsEntry("agent", "worker-1");
        assertThat(given).extracting(ExecutionEvent::id).containsExactly("1.0", "1.1", "1.2", "1.3", "1.4", "1.5");
        assertThat(given.subList(1, 6))
                .allSatisfy(event -> assertThat(event.type()).isEqualTo(ExecutionEventType.RESOURCE_ALLOCATED))
                .extracting(ExecutionEvent::description)
                .containsExactly(
                        "got 1.5 cards of pool big",
                        "got a place in group llm",
                        "got the lock file",
                        "reserved 4000 tokens",
                        "reserved 0.012 of money");
        assertThat(given.get(1).data())
                .isEqualTo(Map.of("kind", "POOL", "resource", "big", "amount", 1.5, "unit", "cards"));
        assertThat(back.subList(1, 6))
                .allSatisfy(event -> assertThat(event.type()).isEqualTo(ExecutionEventType.RESOURCE_RELEASED))
                .extracting(ExecutionEvent::description)
                .containsExactly(
                        "gave back 1.5 cards of pool big",
                        "gave back a place in group llm",
                        "gave back the lock file",
                        "used 3000 tokens",
                        "used 0.012 of money");
        assertThat(back.get(4).data())
                .isEqualTo(Map.of("kind", "TOKENS", "amount", 4_000.0, "used", 3_000.0, "heldMs", 2_000L));
        assertThat(all(new LogEvent.AttemptFailed(3_000_000, 0, 2, FAILURE, "", 5, usage)))
                .hasSize(1);
    }

    @Test
    void what_stopped_attempts_held_is_given_back() {
        List<ResourceGrant> grants = List.of(new ResourceGrant(ResourceGrant.Kind.LOCK, "file", 1));
        all(new LogEvent.TaskStarted(7, 0, 1, grants, ""));

        assertThat(all(new LogEvent.AttemptStopped(8, 0, 1, AttemptEnd.LOST)))
                .extracting(ExecutionEvent::type)
                .containsExactly(ExecutionEventType.ATTEMPT_STOPPED, ExecutionEventType.RESOURCE_RELEASED);
    }

    @Test
    void holding_a_pool_is_usage_with_a_cost_and_an_efficiency() {
        TaskNames names = new TaskNames(plan);
        UsageSums sums = new UsageSums(names);
        List<ResourceGrant> grants = List.of(
                new ResourceGrant(ResourceGrant.Kind.POOL, "cpu", 2_000, "cpu", "cores", 3_600_000),
                new ResourceGrant(ResourceGrant.Kind.LOCK, "file", 1));
        List<ResourceUse> usage = List.of(new ResourceUse("cpu-time", "ms", 500_000, 0));
        int list = task("list");

        sums.follow(new LogEvent.TaskStarted(1_000_000, list, 1, grants, ""));
        sums.follow(new LogEvent.TaskCompleted(2_000_000, list, 1, StoredValue.NULL, "", 900_000, usage));

        assertThat(sums.usage()).extracting(ResourceUsage::resourceType).containsExactly("cpu-time", "cpu");
        ResourceUsage held = sums.usage().getLast();
        assertThat(held.resourceId()).isEqualTo("list");
        assertThat(held.unit()).isEqualTo("cores × s");
        assertThat(held.amountUsed()).isEqualTo(2);
        assertThat(held.cost()).hasValue(0.001);
        assertThat(held.efficiency()).hasValue(0.25);
        assertThat(held.startTime()).isEqualTo(ResultAssembly.instant(1_000_000));
    }

    @Test
    void an_attempt_without_an_outcome_says_why_it_ended() {
        assertThat(stopped(AttemptEnd.LOST)).isEqualTo("attempt 1 was lost with the process that ran it");
        assertThat(stopped(AttemptEnd.SHUTDOWN)).endsWith("because the engine was shut down");
        assertThat(stopped(AttemptEnd.PREEMPTED)).endsWith("to give way to a task of higher priority");
        assertThat(stopped(AttemptEnd.STEP_RETRY)).endsWith("because its step runs again");
        assertThat(stopped(AttemptEnd.CANCELLED)).endsWith("because the execution ends");
    }

    private String stopped(AttemptEnd reason) {
        return one(new LogEvent.AttemptStopped(7, 0, 1, reason)).description();
    }

    @Test
    void a_completed_task_tells_the_size_of_its_result_and_never_the_result() {
        says(
                completed(new StoredValue.Inline(Payload.json("\"secret\"")), "abc"),
                ExecutionEventType.TASK_COMPLETED,
                "completed",
                Map.of("attempt", 1L, "runMs", 2L, "resultBytes", 8L, "inputDigest", "abc"));
        says(
                completed(new StoredValue.External("x", "b1", 70_000, new byte[32], Payload.JSON, "identity"), ""),
                ExecutionEventType.TASK_COMPLETED,
                "completed",
                Map.of("attempt", 1L, "runMs", 2L, "resultBytes", 70_000L));
        says(
                completed(new StoredValue.Collected(), ""),
                ExecutionEventType.TASK_COMPLETED,
                "completed",
                Map.of("runMs", 2L));
    }

    private static LogEvent completed(StoredValue value, String digest) {
        return new LogEvent.TaskCompleted(7, 0, 1, value, digest, 2_000, List.of());
    }

    @Test
    void a_task_that_did_not_complete_says_why() {
        Map<String, String> failure = Map.of("code", "IO", "message", "no route");
        says(new LogEvent.TaskFailed(7, 0, FAILURE), ExecutionEventType.TASK_FAILED, "failed: no route", failure);
        says(
                new LogEvent.TaskTimedOut(7, 0, FAILURE),
                ExecutionEventType.TASK_TIMED_OUT,
                "timed out: no route",
                failure);
        says(
                new LogEvent.TaskSkipped(7, 1, SkipReason.UPSTREAM_FAILED, task("list")),
                ExecutionEventType.TASK_SKIPPED,
                "skipped: list failed",
                Map.of("reason", "UPSTREAM_FAILED", "cause", "list"));
        assertThat(skipped(SkipReason.UPSTREAM_FAILED)).isEqualTo("skipped: a task that it needs failed");
        assertThat(skipped(SkipReason.WHEN_FALSE)).isEqualTo("skipped: its condition does not hold");
        assertThat(skipped(SkipReason.NOT_CHOSEN)).isEqualTo("skipped: another task of its step was chosen");
        assertThat(skipped(SkipReason.NOT_NEEDED)).endsWith("stands in for did not fail");
        assertThat(skipped(SkipReason.FAILURE_TOLERATED)).endsWith("which its onFailure tolerates");
    }

    private String skipped(SkipReason reason) {
        return one(new LogEvent.TaskSkipped(7, 0, reason, -1)).description();
    }

    @Test
    void conditions_and_expansions_tell_their_verdicts() {
        says(
                new LogEvent.ConditionEvaluated(7, 0, true),
                ExecutionEventType.TASK_CONDITION_EVALUATED,
                "its condition holds",
                Map.of("holds", true));
        assertThat(one(new LogEvent.ConditionEvaluated(7, 0, false)).description())
                .isEqualTo("its condition does not hold");
        says(
                new LogEvent.TaskExpanded(7, task("each"), 2, StoredValue.NULL),
                ExecutionEventType.TASK_EXPANDED,
                "expanded over 2 items",
                Map.of("items", 2L));
    }

    @Test
    void steps_are_called_by_their_path() {
        says(
                new LogEvent.StepRetrying(7, 0, 0, FAILURE),
                ExecutionEventType.STEP_RETRYING,
                "step main will run again",
                Map.of("code", "IO", "message", "no route", "step", "main"));
        says(
                new LogEvent.StepRetried(7, 0),
                ExecutionEventType.STEP_RETRIED,
                "step main runs again",
                Map.of("step", "main"));
    }

    @Test
    void the_execution_itself_tells_how_it_goes() {
        Map<String, String> failure = Map.of("code", "IO", "message", "no route");
        says(
                new LogEvent.ExecutionAccepted(7, "x", 1, "00"),
                ExecutionEventType.EXECUTION_ACCEPTED,
                "execution accepted",
                Map.of());
        says(new LogEvent.ExecutionStarted(7), ExecutionEventType.EXECUTION_STARTED, "execution started", Map.of());
        says(
                new LogEvent.ExecutionStopping(7, StopReason.FAILURE, 0, FAILURE),
                ExecutionEventType.EXECUTION_STOPPING,
                "stopping after a failure: no route",
                failure);
        assertThat(stopping(StopReason.CANCEL)).isEqualTo("cancelled: no route");
        assertThat(stopping(StopReason.TIMEOUT)).isEqualTo("out of time: no route");
        says(
                new LogEvent.ExecutionCompleted(7, StoredValue.NULL),
                ExecutionEventType.EXECUTION_COMPLETED,
                "execution completed",
                Map.of());
        says(
                new LogEvent.ExecutionFailed(7, 0, FAILURE),
                ExecutionEventType.EXECUTION_FAILED,
                "execution failed: no route",
                failure);
        says(
                new LogEvent.ExecutionCancelled(7, "enough"),
                ExecutionEventType.EXECUTION_CANCELLED,
                "execution cancelled: enough",
                Map.of("reason", "enough"));
        says(
                new LogEvent.ExecutionTimedOut(7),
                ExecutionEventType.EXECUTION_TIMED_OUT,
                "execution timed out",
                Map.of());
        says(
                new LogEvent.RecoveryInitiated(7, 9, 2),
                ExecutionEventType.RECOVERY_INITIATED,
                "another process goes on; 2 attempts were lost",
                Map.of("lost", 2L, "epoch", 9L));
        assertThat(one(new LogEvent.RecoveryInitiated(7, 9, 1)).description()).endsWith("; 1 attempt was lost");
        assertThat(one(new LogEvent.RecoveryInitiated(7, 9, 0)).description()).endsWith("; no attempt was under way");
    }

    private String stopping(StopReason reason) {
        return one(new LogEvent.ExecutionStopping(7, reason, -1, FAILURE)).description();
    }

    @Test
    void one_record_of_many_tasks_becomes_one_event_for_each_that_people_count() {
        int each = task("each");
        int list = task("list");
        all(new LogEvent.TaskExpanded(7, each, 2, StoredValue.NULL));
        all(new LogEvent.TaskExpanded(7, task("more"), 1, StoredValue.NULL));
        int first = plan.taskCount();

        List<ExecutionEvent> queued = all(new LogEvent.TasksQueued(8, new TaskRanges(list, list, first, first + 2)));
        List<ExecutionEvent> cancelled =
                all(new LogEvent.TasksCancelled(9, new TaskRanges(0, plan.taskCount() - 1, first, first + 2)));

        assertThat(queued).extracting(ExecutionEvent::id).containsExactly("3.0", "3.1", "3.2", "3.3");
        assertThat(queued)
                .extracting(ExecutionEvent::taskId)
                .containsExactly(
                        Optional.of("list"), Optional.of("each[0]"), Optional.of("each[1]"), Optional.of("more[0]"));
        assertThat(cancelled)
                .extracting(event -> event.taskId().orElseThrow())
                .contains("list", "other", "each[0]", "each[1]", "more[0]")
                .doesNotContain("each[*]")
                .doesNotHaveDuplicates();
        assertThat(projection.names().definition(first).tool()).isEqualTo("work");
        assertThat(projection.names().definition(list).tool()).isEqualTo("list");
    }
}
