package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.OnDeadlineMissed;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.plan.TimeWindow;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Deadlines, earliest starts and windows. The day of a scenario begins on Monday 2026-02-02, at 02:40 UTC.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ConstraintsTest {

    private static TimeWindow daily(int from, int to) {
        return new TimeWindow(List.of(DayOfWeek.values()), LocalTime.of(from, 0), LocalTime.of(to, 0), ZoneOffset.UTC);
    }

    @Test
    void a_task_is_queued_when_it_may_start() {
        Instant tenPast = Instant.EPOCH.plus(Scenario.NOON, ChronoUnit.MICROS).plusSeconds(600);
        given(p -> p.task("a", t -> t.tool("x").constraints(c -> c.notBefore(ofSeconds(5))))
                        .task("b", t -> t.tool("x").constraints(c -> c.notBefore(tenPast))))
                .then("execution started", "delayed a by 5000 ms NOT_BEFORE", "delayed b by 600000 ms NOT_BEFORE")
                .after(ofSeconds(5))
                .recovers()
                .delayDue("a")
                .then("queued a");
    }

    @Test
    void a_task_waits_for_its_window_and_again_if_nobody_was_there() {
        given(p -> p.task("a", t -> t.tool("x").constraints(c -> c.window(daily(4, 5)))))
                .then("execution started", "delayed a by 4800000 ms WINDOW")
                .after(ofHours(3))
                .recovers()
                .delayDue("a")
                .then("delayed a by 80400000 ms WINDOW")
                .after(ofMinutes(22 * 60 + 30))
                .delayDue("a")
                .then("queued a");
    }

    @Test
    void a_window_that_closes_before_there_is_a_slot_is_missed() {
        given(p -> p.task("a", t -> t.tool("x").constraints(c -> c.window(daily(2, 3)))))
                .then("execution started", "queued a")
                .after(ofHours(1))
                .starts("a")
                .then("delayed a by 80400000 ms WINDOW")
                .thenIs(TaskStatus.PENDING, "a");
    }

    @Test
    void the_windows_of_a_plan_hold_for_tasks_without_their_own() {
        given(p -> p.constraints(c -> c.window(daily(4, 5)).notBefore(ofSeconds(1)))
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").constraints(c -> c.window(daily(2, 3)))))
                .then("execution started", "delayed a by 4800000 ms WINDOW", "delayed b by 1000 ms NOT_BEFORE");
    }

    @Test
    void the_last_of_lag_earliest_start_and_window_counts() {
        given(p -> p.task("a", t -> t.tool("x"))
                        .task(
                                "b",
                                t -> t.tool("x")
                                        .dependsOn("a", DependencyType.FINISH_TO_START, ofMillis(10))
                                        .constraints(c -> c.notBefore(ofMillis(7)))))
                .runs("a")
                .then("completed a", "delayed b by 10 ms LAG");
    }

    @Test
    void items_start_in_the_windows_as_their_for_each_expands() {
        given(p -> p.task("a", t -> t.tool("x").forEach(List.of(1)).constraints(c -> c.window(daily(2, 3)))))
                .expands("a", 1)
                .then("expanded a into 1", "queued a[0]")
                .after(ofHours(1))
                .starts("a[0]")
                .then("delayed a[0] by 80400000 ms WINDOW");
    }

    @Test
    void a_missed_deadline_is_recorded_once() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").constraints(c -> c.deadline(ofSeconds(1)))));
        assertThat(scenario.state().deadlineDue()).isEqualTo(Scenario.NOON + 1_000_000);
        scenario.after(ofMillis(999))
                .deadlineDue()
                .thenNothing()
                .after(ofMillis(1))
                .recovers()
                .deadlineDue()
                .then("deadline missed a WARN")
                .deadlineDue()
                .thenNothing()
                .runs("a")
                .then("completed a", "COMPLETED");
    }

    @Test
    void a_deadline_that_was_met_is_never_missed() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x").constraints(c -> c.deadline(ofSeconds(1))))
                        .task("b", t -> t.tool("x")))
                .runs("a");
        assertThat(scenario.state().deadlineDue()).isZero();
    }

    @Test
    void a_running_task_that_fails_by_its_deadline_is_stopped_first() {
        Scenario scenario = given(p -> p.step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task(
                                        "a",
                                        t -> t.tool("x")
                                                .retry(3)
                                                .constraints(c -> c.deadline(ofSeconds(1))
                                                        .onDeadlineMissed(OnDeadlineMissed.FAIL)))
                                .task("b", t -> t.tool("x"))))
                .starts("a")
                .after(ofSeconds(1))
                .deadlineDue()
                .then("deadline missed a FAIL");
        assertThat(scenario.state().toStop(scenario.task("a"))).contains(AttemptEnd.DEADLINE);
        scenario.stops("a", AttemptEnd.DEADLINE).then("attempt stopped a DEADLINE", "timed out a");
        assertThat(scenario.state()
                        .taskFailure(scenario.task("a"))
                        .orElseThrow()
                        .code())
                .isEqualTo("DEADLINE_MISSED");
    }

    @Test
    void whatever_a_late_attempt_reports_its_task_has_timed_out() {
        late().succeeds("a")
                .then(
                        "attempt failed a #1 DEADLINE_MISSED",
                        "timed out a",
                        "stopping: failure of a",
                        "FAILED DEADLINE_MISSED at a");
        late().fails("a")
                .then("attempt failed a #1 IO", "timed out a", "stopping: failure of a", "FAILED DEADLINE_MISSED at a");
        late().recovers()
                .then(
                        "recovered, lost 1",
                        "attempt stopped a LOST",
                        "timed out a",
                        "stopping: failure of a",
                        "FAILED DEADLINE_MISSED at a");
    }

    private static Scenario late() {
        return given(p -> p.task(
                        "a",
                        t -> t.tool("x")
                                .retry(3)
                                .constraints(c -> c.deadline(ofSeconds(1)).onDeadlineMissed(OnDeadlineMissed.FAIL))))
                .starts("a")
                .after(ofSeconds(1))
                .deadlineDue();
    }

    @Test
    void a_task_that_waits_for_nobody_fails_by_its_deadline_at_once_and_another_when_it_could_start() {
        given(p -> p.step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x"))
                                .task(
                                        "b",
                                        t -> t.tool("x")
                                                .after("a")
                                                .constraints(c -> c.deadline(ofSeconds(1))
                                                        .onDeadlineMissed(OnDeadlineMissed.FAIL)))
                                .task(
                                        "c",
                                        t -> t.tool("x")
                                                .skipOnFailure()
                                                .constraints(c -> c.deadline(ofSeconds(2))
                                                        .onDeadlineMissed(OnDeadlineMissed.FAIL)))))
                .after(ofSeconds(2))
                .deadlineDue()
                .then(
                        "deadline missed b FAIL",
                        "deadline missed c FAIL",
                        "attempt failed c #0 DEADLINE_MISSED",
                        "skipped c FAILURE_TOLERATED")
                .runs("a")
                .then("completed a", "timed out b", "FAILED TASKS_FAILED at b");
    }

    @Test
    void a_step_that_runs_again_does_not_make_a_task_less_late() {
        given(p -> p.step(
                        "main",
                        s -> s.onError(OnError.RETRY)
                                .maxRetries(1)
                                .task(
                                        "a",
                                        t -> t.tool("x")
                                                .constraints(c -> c.deadline(ofSeconds(1))
                                                        .onDeadlineMissed(OnDeadlineMissed.FAIL)))))
                .after(ofSeconds(1))
                .deadlineDue()
                .then(
                        "deadline missed a FAIL",
                        "step main will run again because of a",
                        "step main runs again",
                        "timed out a",
                        "stopping: failure of a",
                        "FAILED DEADLINE_MISSED at a");
    }

    @Test
    void an_escalated_task_is_critical() {
        Scenario scenario = given(p -> p.task(
                        "a",
                        t -> t.tool("x")
                                .forEach(List.of(1))
                                .constraints(c -> c.deadline(ofSeconds(1)).onDeadlineMissed(OnDeadlineMissed.ESCALATE)))
                .task("b", t -> t.tool("x").priority(Priority.LOW)));
        scenario.expands("a", 1);
        assertThat(scenario.state().priority(scenario.task("a[0]"))).isEqualTo(Priority.NORMAL);
        scenario.after(ofSeconds(1)).deadlineDue().then("deadline missed a ESCALATE");
        assertThat(scenario.state().priority(scenario.task("a"))).isEqualTo(Priority.CRITICAL);
        assertThat(scenario.state().priority(scenario.task("a[0]"))).isEqualTo(Priority.CRITICAL);
        assertThat(scenario.state().priority(scenario.task("b"))).isEqualTo(Priority.LOW);
    }

    @Test
    void an_execution_has_a_deadline_too() {
        given(p -> p.constraints(c -> c.deadline(ofSeconds(1)).onDeadlineMissed(OnDeadlineMissed.FAIL))
                        .task("a", t -> t.tool("x")))
                .after(ofSeconds(1))
                .deadlineDue()
                .then("deadline missed FAIL", "stopping: timeout", "cancelled a", "TIMED_OUT");
        Scenario escalated = given(
                        p -> p.constraints(c -> c.deadline(ofSeconds(1)).onDeadlineMissed(OnDeadlineMissed.ESCALATE))
                                .task("a", t -> t.tool("x")))
                .after(ofSeconds(1))
                .deadlineDue()
                .then("deadline missed ESCALATE");
        assertThat(escalated.state().priority(0)).isEqualTo(Priority.CRITICAL);
    }
}
