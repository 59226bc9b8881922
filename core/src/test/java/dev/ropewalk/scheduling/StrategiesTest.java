package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Adaptive;
import dev.ropewalk.strategy.DeadlineAware;
import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.PriorityFirst;
import dev.ropewalk.strategy.ReadyTask;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.ShortestJobFirst;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.strategy.Weights;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StrategiesTest {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private static Scheduler<Waiting> scheduler(SchedulingStrategy strategy) {
        return new Scheduler<>(SchedulerOptions.DEFAULT.withStrategy(strategy), Counters.open());
    }

    private static List<Integer> drain(Scheduler<Waiting> scheduler, long now) {
        List<Integer> order = new ArrayList<>();
        for (var next = scheduler.next(now); next.isPresent(); next = scheduler.next(now)) {
            order.add(next.get().task());
        }
        return order;
    }

    private static Map<String, Double> factors(Scheduler<Waiting> scheduler, Waiting execution, int task, long now) {
        return scheduler.explain(execution, task, now).stream().collect(Collectors.toMap(Factor::name, Factor::value));
    }

    private static double rank(Scheduler<Waiting> scheduler, Waiting execution, int task, long now) {
        return scheduler.explain(execution, task, now).stream()
                .mapToDouble(Factor::contribution)
                .sum();
    }

    /// One task that takes a second, one a minute, one an hour.
    private static ExecutionPlan shortAndLong() {
        return ExecutionPlan.named("shortAndLong")
                .task("hour", t -> t.tool("x").estimatedDuration(Duration.ofHours(1)))
                .task("minute", t -> t.tool("x").estimatedDuration(Duration.ofMinutes(1)))
                .task("second", t -> t.tool("x").estimatedDuration(Duration.ofSeconds(1)))
                .build();
    }

    @Test
    void a_level_of_priority_is_worth_a_time_of_waiting() {
        Waiting execution = new Waiting("e", 3);
        execution.priorities.put(1, Priority.HIGH);
        execution.priorities.put(2, Priority.HIGH);
        Scheduler<Waiting> scheduler = scheduler(new PriorityFirst(Duration.ofMinutes(1)));
        scheduler.add(execution, 0, 0);
        scheduler.add(execution, 1, MINUTE - SECOND);
        scheduler.add(execution, 2, MINUTE + SECOND);

        assertThat(factors(scheduler, execution, 1, MINUTE))
                .containsEntry("priority", 2.0)
                .containsEntry("waiting", 1.0);
        assertThat(drain(scheduler, MINUTE + SECOND)).containsExactly(1, 0, 2);
    }

    @Test
    void the_shortest_goes_first_and_the_longest_not_never() {
        Waiting execution = new Waiting("e", shortAndLong());
        Scheduler<Waiting> scheduler = scheduler(new ShortestJobFirst());
        scheduler.add(execution, 0, 0);
        scheduler.add(execution, 1, HOUR);
        scheduler.add(execution, 2, HOUR);
        assertThat(factors(scheduler, execution, 1, HOUR)).containsEntry("expectedSeconds", 60.0);
        assertThat(drain(scheduler, HOUR)).containsExactly(2, 1, 0);

        scheduler.add(execution, 0, 0, 11 * HOUR);
        scheduler.add(execution, 1, 11 * HOUR);
        scheduler.add(execution, 2, 11 * HOUR);
        assertThat(drain(scheduler, 11 * HOUR)).containsExactly(0, 2, 1);
    }

    @Test
    void the_least_slack_goes_first() {
        Waiting execution = new Waiting("e", shortAndLong());
        execution.deadlines.put(0, 10 * HOUR + 10 * MINUTE);
        execution.deadlines.put(1, 9 * HOUR + 30 * MINUTE);
        Scheduler<Waiting> scheduler = scheduler(new DeadlineAware());
        for (int task = 0; task < 3; task++) {
            scheduler.add(execution, task, 9 * HOUR);
        }

        assertThat(factors(scheduler, execution, 0, 9 * HOUR)).containsEntry("slackWhenReady", 600.0);
        assertThat(factors(scheduler, execution, 1, 9 * HOUR)).containsEntry("slackWhenReady", 1740.0);
        assertThat(factors(scheduler, execution, 2, 9 * HOUR)).containsEntry("patience", 3600.0);
        assertThat(drain(scheduler, 9 * HOUR)).containsExactly(0, 1, 2);
    }

    @Test
    void the_deadline_of_a_plan_counts_with_all_that_follows() {
        Waiting execution = new Waiting(
                "e",
                ExecutionPlan.named("deadline")
                        .task("alone", t -> t.tool("x").estimatedDuration(Duration.ofMinutes(1)))
                        .task("first", t -> t.tool("x").estimatedDuration(Duration.ofMinutes(1)))
                        .task(
                                "second",
                                t -> t.tool("x")
                                        .estimatedDuration(Duration.ofMinutes(20))
                                        .after("first"))
                        .build());
        execution.deadline = HOUR;
        Scheduler<Waiting> scheduler = scheduler(new DeadlineAware());
        scheduler.add(execution, 0, 0);
        scheduler.add(execution, 1, 0);

        assertThat(factors(scheduler, execution, 1, 0)).containsEntry("slackWhenReady", 39.0 * 60);
        assertThat(drain(scheduler, 0)).containsExactly(1, 0);
    }

    @Test
    void tasks_that_come_too_late_do_not_hold_up_the_others_for_ever() {
        Waiting execution = new Waiting("e", 3);
        execution.deadlines.put(1, 1L);
        Scheduler<Waiting> scheduler = scheduler(new DeadlineAware());
        scheduler.add(execution, 0, 10 * HOUR);
        scheduler.add(execution, 1, 12 * HOUR + SECOND);

        assertThat(drain(scheduler, 13 * HOUR)).containsExactly(0, 1);
    }

    @Test
    void every_factor_of_the_adaptive_order_is_visible_and_lies_between_0_and_1() {
        Waiting execution = new Waiting("e", shortAndLong());
        execution.priorities.put(1, Priority.HIGH);
        execution.values.put(1, 3.0);
        execution.deadlines.put(1, HOUR + 4 * MINUTE);
        execution.ended = 1;
        Scheduler<Waiting> scheduler = scheduler(new Adaptive());
        scheduler.add(execution, 1, HOUR);

        Map<String, Double> factors = factors(scheduler, execution, 1, HOUR);
        assertThat(factors)
                .containsOnlyKeys(
                        "dependencies", "urgency", "value", "priority", "failureRisk", "finishFirst", "waiting")
                .containsEntry("value", 0.75)
                .containsEntry("urgency", 0.25)
                .containsEntry("failureRisk", 0.0)
                .containsEntry("waiting", 0.0);
        assertThat(factors.get("dependencies")).isCloseTo(1.0 / 60, within(1e-6));
        assertThat(factors.get("priority")).isCloseTo(2.0 / 3, within(1e-6));
        assertThat(factors.get("finishFirst")).isCloseTo(0.5 + 0.5 * 10 / 32, within(1e-6));
        assertThat(factors.values()).allMatch(value -> value >= 0 && value <= 1);
        assertThat(rank(scheduler, execution, 1, 2 * HOUR))
                .as("an hour's wait is worth all the rest")
                .isCloseTo(rank(scheduler, execution, 1, HOUR) + 1 + 0.3 * 0.75, within(1e-6));
    }

    @Test
    void what_much_depends_on_goes_first() {
        Waiting execution = new Waiting(
                "e",
                ExecutionPlan.named("depends")
                        .task("alone", t -> t.tool("x"))
                        .task("first", t -> t.tool("x"))
                        .task("second", t -> t.tool("x").after("first"))
                        .build());
        Scheduler<Waiting> scheduler = scheduler(new Adaptive());
        scheduler.add(execution, 0, 0);
        scheduler.add(execution, 1, 0);

        assertThat(drain(scheduler, 0)).containsExactly(1, 0);
    }

    @Test
    void urgency_grows_as_the_deadline_comes_near() {
        Waiting execution = new Waiting("e", 2);
        execution.deadlines.put(0, HOUR);
        execution.priorities.put(1, Priority.CRITICAL);
        Scheduler<Waiting> scheduler = scheduler(new Adaptive());
        scheduler.add(execution, 0, HOUR - 30 * MINUTE);
        scheduler.add(execution, 1, HOUR - 30 * MINUTE);
        double before = rank(scheduler, execution, 0, HOUR - 30 * MINUTE);

        long wakeAt = scheduler.wakeAt();
        assertThat(wakeAt).as("urgency becomes 1/16").isEqualTo(HOUR - 16 * SECOND);
        Waiting other = new Waiting("other", 1);
        scheduler.add(other, 0, HOUR - SECOND);
        assertThat(rank(scheduler, execution, 0, HOUR - SECOND)).isGreaterThan(before + 0.3);
        assertThat(drain(scheduler, HOUR - SECOND)).containsExactly(0, 1, 0);
        assertThat(scheduler.wakeAt()).as("a review of what is gone").isGreaterThan(HOUR - SECOND);
    }

    @Test
    void the_value_of_the_plan_counts_where_a_task_states_none() {
        Waiting execution = new Waiting("e", 1);
        execution.value = 1;
        Scheduler<Waiting> scheduler = scheduler(new Adaptive());
        scheduler.add(execution, 0, 0);

        assertThat(factors(scheduler, execution, 0, 0)).containsEntry("value", 0.5);
    }

    @Test
    void no_factor_counts_whose_weight_is_0() {
        Waiting execution = new Waiting("e", 2);
        execution.deadlines.put(1, SECOND);
        execution.priorities.put(1, Priority.CRITICAL);
        Scheduler<Waiting> scheduler = scheduler(new Adaptive(new Weights(0, 0, 0, 0, 0, 0, 1, Duration.ofMinutes(1))));
        scheduler.add(execution, 0, 0);
        scheduler.add(execution, 1, 1);

        assertThat(scheduler.wakeAt()).isEqualTo(Long.MAX_VALUE);
        assertThat(drain(scheduler, 1)).containsExactly(0, 1);
    }

    @Test
    void strategies_are_found_by_name() {
        Strategies strategies = Strategies.builtIn();

        assertThat(strategies.all())
                .extracting(SchedulingStrategy::name)
                .containsExactly("FIFO", "PRIORITY", "SHORTEST_JOB_FIRST", "DEADLINE_AWARE", "ADAPTIVE");
        assertThat(strategies.named("shortest-job-first")).isEqualTo(new ShortestJobFirst());
        assertThatThrownBy(() -> strategies.named("LIFO"))
                .hasMessage("\"LIFO\" is not a strategy; there are FIFO, PRIORITY, SHORTEST_JOB_FIRST, DEADLINE_AWARE, "
                        + "ADAPTIVE");
        assertThat(strategies
                        .with(List.of(new PriorityFirst(Duration.ofDays(1))))
                        .named("PRIORITY"))
                .isEqualTo(new PriorityFirst(Duration.ofDays(1)));
    }

    @Test
    void a_strategy_of_the_user_explains_itself_by_what_it_returns() {
        SchedulingStrategy users = new SchedulingStrategy() {
            @Override
            public String name() {
                return "BY_INDEX";
            }

            @Override
            public double base(ReadyTask task, SchedulingContext context) {
                return task.definition().index();
            }
        };
        Waiting execution = new Waiting("e", 3);
        Scheduler<Waiting> scheduler = scheduler(users);
        for (int task = 0; task < 3; task++) {
            scheduler.add(execution, task, 0);
        }

        assertThat(factors(scheduler, execution, 2, 4 * SECOND))
                .isEqualTo(Map.of("base", 2.0, "execution", 0.0, "waiting", 4.0));
        assertThat(drain(scheduler, 0)).containsExactly(2, 1, 0);
    }

    @Test
    void what_they_are_made_with_must_make_sense() {
        assertThatThrownBy(() -> new PriorityFirst(Duration.ZERO)).hasMessageContaining("it must be longer than zero");
        assertThatThrownBy(() -> new ShortestJobFirst(-1)).hasMessageContaining("patience is -1.0");
        assertThatThrownBy(() -> new DeadlineAware(Duration.ZERO)).hasMessageContaining("DEADLINE_AWARE: patience");
        assertThatThrownBy(() -> new Weights(0, 0, 0, 0, 0, -1, 1, Duration.ofMinutes(1)))
                .hasMessageContaining("the weight finishFirst is -1.0; it must be from 0 to 100");
        assertThatThrownBy(() -> new Weights(0, 0, 0, 0, 0, 0, 0, Duration.ofMinutes(1)))
                .hasMessageContaining("typicalValue is 0.0");
        assertThat(new FirstInFirstOut()).isEqualTo(new FirstInFirstOut());
    }

    @Test
    void what_a_strategy_is_told_holds_only_during_the_call() {
        assertThatThrownBy(() -> new Ready().priority()).hasMessageContaining("outside the call");
    }
}
