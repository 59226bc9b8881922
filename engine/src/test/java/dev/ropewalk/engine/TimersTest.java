package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.Timers.Kind;
import dev.ropewalk.engine.Timers.Timer;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.store.MemoryStoreProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TimersTest {

    private final Timers timers = new Timers();
    private final LiveExecution execution = execution();

    private static LiveExecution execution() {
        ExecutionPlan plan =
                ExecutionPlan.named("timed").task("t", task -> task.tool("x")).build();
        Admission admission = new Admissions(new MemoryStoreProvider().open("memory:"), new WallClock())
                .of(new PreparedPlans(KnownResources.NONE).prepare(plan), SubmitOptions.DEFAULT);
        return new LiveExecution(
                admission,
                new ExecutionState(plan),
                new PreparedPlans(KnownResources.NONE).prepare(plan).facts(),
                "",
                new byte[32]);
    }

    @Test
    void timers_come_when_they_are_due_and_equal_ones_in_the_order_in_which_they_were_set() {
        timers.set(20, Kind.RETRY, execution, 1, 0);
        timers.set(10, Kind.RETRY, execution, 2, 0);
        timers.set(20, Kind.ABANDON, execution, 3, 0);

        assertThat(timers.nextDue()).isEqualTo(10);
        assertThat(timers.take(9)).isNull();
        assertThat(tasksDueAt(20)).containsExactly(2, 1, 3);
        assertThat(timers.nextDue()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void timers_that_no_longer_apply_do_not_pile_up() {
        for (int i = 1; i <= 100_000; i++) {
            timers.set(i, Kind.ATTEMPT_TIMEOUT, execution, i, 1);
            timers.sweep(timer -> timer.task() % 1_000 != 0);
        }

        assertThat(timers.size()).isLessThan(1_100);
        assertThat(tasksDueAt(100_000).stream().filter(task -> task % 1_000 == 0))
                .as("those that apply, in order")
                .hasSize(100)
                .isSorted();
    }

    private List<Integer> tasksDueAt(long now) {
        List<Integer> tasks = new ArrayList<>();
        for (Timer timer = timers.take(now); timer != null; timer = timers.take(now)) {
            tasks.add(timer.task());
        }
        return tasks;
    }
}
