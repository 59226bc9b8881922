package dev.ropewalk.execution;

import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.ExecutionCommand.ReportEvaluation;
import dev.ropewalk.execution.ExecutionCommand.ReportFailure;
import dev.ropewalk.execution.ExecutionCommand.ReportSuccess;
import dev.ropewalk.execution.ExecutionCommand.StartTask;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.StepMode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// A hundred thousand tasks: no stack overflows, no work per command that grows with the plan, and
/// little memory.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LargePlanTest {

    private static final int MANY = 100_000;

    private final List<LogEvent> events = new ArrayList<>();

    private ExecutionState started(Consumer<PlanBuilder> plan) {
        PlanBuilder builder = ExecutionPlan.named("large");
        plan.accept(builder);
        ExecutionState state = new ExecutionState(builder.build(Scenario.ANY_EXPRESSION));
        decide(state, new ExecutionCommand.Accept(1, "x", 1, ""));
        decide(state, new ExecutionCommand.Start(1));
        return state;
    }

    private void decide(ExecutionState state, ExecutionCommand command) {
        ExecutionDecider.decide(state, command, events);
    }

    private void run(ExecutionState state, int task) {
        decide(state, new StartTask(1, task));
        decide(state, new ReportSuccess(1, task, 1, StoredValue.NULL, "", 1, List.of()));
    }

    private static void chain(PlanBuilder plan) {
        plan.step("s", s -> {
            s.onError(OnError.CONTINUE).task("t0", t -> t.tool("x"));
            for (int i = 1; i < MANY; i++) {
                String before = "t" + (i - 1);
                s.task("t" + i, t -> t.tool("x").after(before));
            }
        });
    }

    @Test
    void a_long_chain_of_skips_is_no_deep_recursion() {
        ExecutionState state = started(LargePlanTest::chain);
        decide(state, new StartTask(1, 0));
        decide(state, new ReportFailure(1, 0, 1, Failure.permanent("E", "e"), "", 1, List.of()));
        assertThat(state.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(state.phase(MANY - 1)).isEqualTo(Phase.SKIPPED);
        assertThat(state.skipCause(MANY - 1)).isZero();
    }

    @Test
    void a_long_chain_is_run_and_replayed() {
        ExecutionState state = started(LargePlanTest::chain);
        for (int task = 0; task < MANY; task++) {
            run(state, task);
        }
        assertThat(state.status()).isEqualTo(ExecutionStatus.COMPLETED);
        ExecutionState folded = new ExecutionState(state.plan());
        events.forEach(event -> Evolution.evolve(folded, event));
        assertThat(StateComparison.differences(state, folded)).isEmpty();
    }

    @Test
    void a_long_chain_of_choices_is_no_deep_recursion() {
        ExecutionState state = started(p -> p.step("s", s -> {
            s.mode(StepMode.CONDITIONAL);
            for (int i = 0; i < MANY; i++) {
                s.task("t" + i, t -> t.tool("x").when(expression("1")));
            }
        }));
        decide(state, new ReportEvaluation(1, 0, 0, true, 0, StoredValue.NULL));
        run(state, 0);
        assertThat(state.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(state.phase(MANY - 1)).isEqualTo(Phase.SKIPPED);
    }

    @Test
    void a_long_chain_of_steps_that_are_skipped_is_no_deep_recursion() {
        int steps = 20_000;
        ExecutionState state = started(p -> {
            p.step("s0", s -> s.onError(OnError.CONTINUE).task("t0", t -> t.tool("x")));
            for (int i = 1; i < steps; i++) {
                String before = "s" + (i - 1);
                String taskBefore = "t" + (i - 1);
                String task = "t" + i;
                p.step("s" + i, s -> s.after(before).task(task, t -> t.tool("x").after(taskBefore)));
            }
        });
        decide(state, new StartTask(1, 0));
        decide(state, new ReportFailure(1, 0, 1, Failure.permanent("E", "e"), "", 1, List.of()));
        assertThat(state.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(state.phase(steps - 1)).isEqualTo(Phase.SKIPPED);
    }

    /// If a command took time in proportion to the plan, this would take hours.
    @Test
    void independent_tasks_and_a_join_take_no_time_that_grows_with_the_plan() {
        ExecutionState state = started(p -> {
            String[] ids = new String[MANY];
            for (int i = 0; i < MANY; i++) {
                ids[i] = "t" + i;
                p.task(ids[i], t -> t.tool("x"));
            }
            p.task("join", t -> t.tool("x").after(ids));
        });
        for (int task = 0; task <= MANY; task++) {
            run(state, task);
        }
        assertThat(state.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(state.completedTasks()).isEqualTo(MANY + 1);
    }

    @Test
    void items_take_no_time_that_grows_with_their_number() {
        ExecutionState state = started(p -> p.step(
                "s",
                s -> s.forEach(List.of(1))
                        .task("a", t -> t.tool("x"))
                        .task("b", t -> t.tool("x").after("a"))));
        decide(state, new ReportEvaluation(1, 0, 0, true, MANY, StoredValue.NULL));
        for (int task = 3; task < 3 + 2 * MANY; task++) {
            run(state, task);
        }
        assertThat(state.status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void many_tasks_that_move_together_are_one_event() {
        ExecutionState state = started(p -> {
            for (int i = 0; i < MANY; i++) {
                p.task("t" + i, t -> t.tool("x"));
            }
        });
        decide(state, new ExecutionCommand.Cancel(1, "enough"));
        assertThat(events).hasSize(6);
        assertThat(events.get(2)).isEqualTo(new LogEvent.TasksQueued(1, new TaskRanges(0, MANY - 1)));
        assertThat(events.get(4)).isEqualTo(new LogEvent.TasksCancelled(1, new TaskRanges(0, MANY - 1)));
    }

    @Test
    void a_pending_task_takes_less_than_a_hundred_bytes() {
        ExecutionState state = started(LargePlanTest::chain);
        assertThat(bytes(state) / MANY).isLessThan(100);
    }

    /// The arrays of a state, counted by their sizes; references with four bytes.
    private static long bytes(Object holder) {
        long bytes = 0;
        for (Field field : holder.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                field.setAccessible(true);
                try {
                    bytes += bytesOf(field.get(holder));
                } catch (IllegalAccessException e) {
                    throw new AssertionError(e);
                }
            }
        }
        return bytes;
    }

    private static long bytesOf(Object value) {
        return switch (value) {
            case byte[] a -> a.length;
            case int[] a -> 4L * a.length;
            case long[] a -> 8L * a.length;
            case Object[] a -> 4L * a.length;
            case BitSet a -> a.size() / 8;
            case StepStates part -> bytes(part);
            case Expansions part -> bytes(part);
            case Tally part -> bytes(part);
            case null, default -> 0;
        };
    }
}
