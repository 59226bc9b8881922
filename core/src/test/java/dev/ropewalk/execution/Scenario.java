package dev.ropewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// One execution in the words of a specification: given a plan, when something is reported, then these
/// events. After every command the invariants are checked, and that replaying the events gives the
/// same state.
final class Scenario {

    static final long NOON = 1_770_000_000_000_000L;

    /// Takes any text for an expression: what it evaluates to is told by the specification.
    static final ExpressionLanguage ANY_EXPRESSION =
            (source, names, expected) -> new ExpressionLanguage.Analysis(List.of(), false, List.of());

    private final ExecutionPlan plan;
    private ExecutionState state;
    private final ExecutionState replica;
    private final List<LogEvent> log = new ArrayList<>();
    private List<LogEvent> latest = List.of();
    private long now = NOON;

    private Scenario(ExecutionPlan plan) {
        this.plan = plan;
        this.state = new ExecutionState(plan);
        this.replica = new ExecutionState(plan);
    }

    /// An accepted execution that has not started.
    static Scenario accepted(Consumer<PlanBuilder> plan) {
        PlanBuilder builder = ExecutionPlan.named("specified");
        plan.accept(builder);
        return accepted(builder.build(ANY_EXPRESSION));
    }

    static Scenario accepted(ExecutionPlan plan) {
        return new Scenario(plan).when(new ExecutionCommand.Accept(NOON, "x", 42, "digest"));
    }

    /// An execution that has started.
    static Scenario given(Consumer<PlanBuilder> plan) {
        return accepted(plan).starts();
    }

    Scenario starts() {
        return when(new ExecutionCommand.Start(now));
    }

    ExecutionState state() {
        return state;
    }

    List<LogEvent> log() {
        return log;
    }

    long now() {
        return now;
    }

    int task(String path) {
        return IntStream.range(0, state.taskCount())
                .filter(task -> state.path(task).equals(path))
                .reduce((earlier, later) -> later)
                .orElseThrow(() -> new AssertionError("no task " + path));
    }

    Scenario when(ExecutionCommand command) {
        latest = new ArrayList<>();
        ExecutionDecider.decide(state, command, latest);
        for (LogEvent event : latest) {
            if (event instanceof LogEvent.TaskStarted started) {
                Invariants.checkStart(state, started.task());
            }
            assertThat(event.at())
                    .isGreaterThanOrEqualTo(log.isEmpty() ? 0 : log.getLast().at());
            log.add(event);
            Evolution.evolve(replica, event);
        }
        Invariants.check(state);
        assertThat(StateComparison.differences(state, replica))
                .as("live and replayed state after %s", command)
                .isEmpty();
        return this;
    }

    /// Goes on with the state that the log gives, as another process would.
    Scenario recovers() {
        state = folded();
        return when(new ExecutionCommand.Recover(now, 2));
    }

    ExecutionState folded() {
        ExecutionState folded = new ExecutionState(plan);
        log.forEach(event -> Evolution.evolve(folded, event));
        return folded;
    }

    Scenario after(Duration time) {
        now += time.toNanos() / 1_000;
        return this;
    }

    Scenario starts(String... paths) {
        for (String path : paths) {
            when(new ExecutionCommand.StartTask(now, task(path)));
        }
        return this;
    }

    /// Starts and completes each of the tasks.
    Scenario runs(String... paths) {
        for (String path : paths) {
            starts(path).succeeds(path);
        }
        return this;
    }

    Scenario succeeds(String path) {
        return succeeds(path, state.attempts(task(path)));
    }

    Scenario succeeds(String path, int attempt) {
        return when(new ExecutionCommand.ReportSuccess(
                now, task(path), attempt, json("\"" + path + "\""), "", 1_000, List.of()));
    }

    Scenario fails(String path) {
        return fails(path, Failure.retryable("IO", "broken pipe"));
    }

    Scenario fails(String path, Failure failure) {
        return fails(path, state.attempts(task(path)), failure);
    }

    Scenario fails(String path, int attempt, Failure failure) {
        return when(new ExecutionCommand.ReportFailure(now, task(path), attempt, failure, "", 1_000, List.of()));
    }

    Scenario stops(String path, AttemptEnd reason) {
        return when(new ExecutionCommand.ReportStopped(now, task(path), state.attempts(task(path)), reason));
    }

    /// The verdict of the task's condition.
    Scenario decides(String path, boolean holds) {
        return evaluates(path, holds, 0);
    }

    /// The items of the `forEach`.
    Scenario expands(String path, int count) {
        return evaluates(path, true, count);
    }

    private Scenario evaluates(String path, boolean holds, int count) {
        int task = task(path);
        return when(new ExecutionCommand.ReportEvaluation(
                now, task, state.generation(task), holds, count, json("[" + count + "]")));
    }

    Scenario failsToEvaluate(String path) {
        int task = task(path);
        return when(new ExecutionCommand.ReportEvaluationFailed(
                now, task, state.generation(task), Failure.permanent(Failure.EXPRESSION, "no such key")));
    }

    Scenario returns(String json) {
        return when(new ExecutionCommand.ReportResult(now, json(json)));
    }

    Scenario retryDue(String path) {
        return when(new ExecutionCommand.RetryDue(now, task(path)));
    }

    Scenario delayDue(String path) {
        return when(new ExecutionCommand.DelayDue(now, task(path)));
    }

    Scenario deadlineDue() {
        return when(new ExecutionCommand.DeadlineDue(now));
    }

    Scenario timeoutDue() {
        return when(new ExecutionCommand.TimeoutDue(now));
    }

    Scenario isCancelled(String reason) {
        return when(new ExecutionCommand.Cancel(now, reason));
    }

    /// Exactly these events followed from the last command.
    Scenario then(String... events) {
        assertThat(latest.stream().map(event -> EventText.of(state, event))).containsExactly(events);
        return this;
    }

    /// Nothing followed from the last command.
    Scenario thenNothing() {
        return then();
    }

    /// The last command led to this event, among others.
    Scenario thenAmongOthers(String event) {
        assertThat(latest.stream().map(each -> EventText.of(state, each))).contains(event);
        return this;
    }

    Scenario thenIs(TaskStatus status, String... paths) {
        assertThat(Arrays.stream(paths).map(path -> path + " " + state.taskStatus(task(path))))
                .containsExactlyElementsOf(
                        Arrays.stream(paths).map(path -> path + " " + status).toList());
        return this;
    }

    Scenario thenToEvaluate(String... paths) {
        assertThat(Arrays.stream(state.drainEvaluations()).mapToObj(state::path))
                .containsExactly(paths);
        return this;
    }

    static StoredValue json(String text) {
        return new StoredValue.Inline(Payload.json(text));
    }
}
