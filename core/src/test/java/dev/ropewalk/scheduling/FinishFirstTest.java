package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Adaptive;
import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FinishFirstTest {

    private static final long SECOND = 1_000_000;

    private static Slots slots(SchedulingStrategy strategy, int slots) {
        return new Slots(SchedulerOptions.DEFAULT.withStrategy(strategy), slots);
    }

    private static ExecutionPlan chain(int tasks, Duration each) {
        var plan = ExecutionPlan.named("chain");
        for (int task = 0; task < tasks; task++) {
            String before = "t" + (task - 1);
            boolean first = task == 0;
            plan.task("t" + task, t -> {
                t.tool("nothing").estimatedDuration(each);
                if (!first) {
                    t.after(before);
                }
            });
        }
        return plan.build();
    }

    @Test
    void of_three_executions_the_first_to_start_ends_first_at_a_third_of_the_time() {
        Slots slots = slots(new Adaptive(), 4);
        for (String name : new String[] {"a", "b", "c"}) {
            slots.submit(new Waiting(name, 100));
        }
        slots.run();

        assertThat(slots.ends.keySet()).containsExactly("a", "b", "c");
        assertThat(slots.ends).containsEntry("a", 25 * SECOND).containsEntry("b", 50 * SECOND);
        assertThat(slots.now).isEqualTo(75 * SECOND);
    }

    @Test
    void work_that_is_under_way_goes_before_new_work_although_that_has_waited_longer() {
        assertThat(endOfChain(new FirstInFirstOut())).isGreaterThan(40 * SECOND);
        assertThat(endOfChain(new Adaptive())).isEqualTo(20 * SECOND);
    }

    /// A chain of ten tasks of two seconds, then many tasks that are all ready at once, on one slot.
    private static long endOfChain(SchedulingStrategy strategy) {
        Slots slots = slots(strategy, 1);
        slots.submit(new Waiting("chain", chain(10, Duration.ofSeconds(2))));
        slots.submit(new Waiting("wide", 40));
        slots.run();
        return slots.ends.get("chain");
    }

    @Test
    void new_work_is_not_put_off_for_ever_by_a_stream_of_more_important_work() {
        Slots slots = slots(new Adaptive(), 1);
        Waiting low = new Waiting("low", 1);
        slots.submit(new Waiting("first", 1));
        slots.submit(low);
        for (int i = 0; i < 10_000 && !slots.ends.containsKey("low"); i++) {
            Waiting high = new Waiting("high" + i, 1);
            high.priorities.put(0, Priority.CRITICAL);
            high.value = 1e9;
            slots.submit(high);
            slots.advance();
        }

        assertThat(slots.ends.get("low")).isLessThan(Duration.ofHours(1).toSeconds() * SECOND);
    }
}
