package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.strategy.Adaptive;
import dev.ropewalk.strategy.DeadlineAware;
import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.PriorityFirst;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.ShortestJobFirst;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.strategy.StrategyRule;
import dev.ropewalk.strategy.StrategySwitch;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class StrategyRulesTest {

    private static final long SECOND = 1_000_000;
    private static final SchedulingContext IDLE = SchedulingContext.IDLE;

    private static Scheduler<Waiting> with(StrategyRule... rules) {
        return new Scheduler<>(SchedulerOptions.DEFAULT.withRules(List.of(rules)), Counters.open());
    }

    private static SchedulingContext backlog(int tasks) {
        return new SchedulingContext(0, tasks, Set.of(), 1, LocalTime.NOON);
    }

    @Test
    void a_rule_takes_hold_at_one_limit_and_lets_go_at_another() {
        Scheduler<Waiting> scheduler = with(StrategyRule.whileBacklog(100, 50, new ShortestJobFirst()));

        assertThat(scheduler.context(backlog(100), 0)).isEmpty();
        assertThat(scheduler.context(backlog(101), 1))
                .contains(new StrategySwitch(1, "FIFO", "SHORTEST_JOB_FIRST", "backlog above 100"));
        assertThat(scheduler.context(backlog(60), 60 * SECOND)).isEmpty();
        assertThat(scheduler.context(backlog(49), 61 * SECOND))
                .contains(new StrategySwitch(61 * SECOND, "SHORTEST_JOB_FIRST", "FIFO", "no rule"));
        assertThat(scheduler.strategy()).isEqualTo(new FirstInFirstOut());
    }

    @Test
    void no_rule_switches_again_before_the_pause_is_over() {
        Scheduler<Waiting> scheduler = with(StrategyRule.whileBacklog(100, 100, new ShortestJobFirst()));

        assertThat(scheduler.context(backlog(101), 0)).isPresent();
        assertThat(scheduler.context(backlog(99), 9 * SECOND)).isEmpty();
        assertThat(scheduler.context(backlog(99), 10 * SECOND)).isPresent();
    }

    @Test
    void the_first_rule_that_holds_counts() {
        Scheduler<Waiting> scheduler = with(
                StrategyRule.whileBreakersAreOpen(new Adaptive()),
                StrategyRule.whileBacklog(100, 50, new ShortestJobFirst()));
        SchedulingContext both = new SchedulingContext(1, 101, Set.of("http"), 1, LocalTime.NOON);

        scheduler.context(backlog(101), 0);
        assertThat(scheduler.context(both, 20 * SECOND)).map(StrategySwitch::to).contains("ADAPTIVE");
        assertThat(scheduler.context(backlog(60), 40 * SECOND))
                .as("the second has let go meanwhile")
                .map(StrategySwitch::to)
                .contains("FIFO");
    }

    @Test
    void what_the_user_chooses_is_used_when_no_rule_holds() {
        Scheduler<Waiting> scheduler = with(StrategyRule.whileBacklog(100, 50, new ShortestJobFirst()));
        scheduler.context(backlog(101), 0);

        assertThat(scheduler.use(new PriorityFirst(), "asked", 1)).isEmpty();
        assertThat(scheduler.context(backlog(1), 20 * SECOND))
                .contains(new StrategySwitch(20 * SECOND, "SHORTEST_JOB_FIRST", "PRIORITY", "no rule"));
    }

    @Test
    void rules_go_by_use_budget_and_time_of_day() {
        StrategyRule busy = StrategyRule.whileUtilisation(0.9, 0.7, new PriorityFirst());
        StrategyRule poor = StrategyRule.whileBudget(0.1, 0.2, new DeadlineAware());
        StrategyRule day = StrategyRule.between(LocalTime.of(8, 0), LocalTime.of(18, 0), new PriorityFirst());
        StrategyRule night = StrategyRule.between(LocalTime.of(22, 0), LocalTime.of(6, 0), new PriorityFirst());
        SchedulingContext late = new SchedulingContext(0.95, 0, Set.of(), 0.05, LocalTime.of(23, 0));
        SchedulingContext between = new SchedulingContext(0.8, 0, Set.of(), 0.15, LocalTime.of(12, 0));

        assertThat(busy.begins().test(late)).isTrue();
        assertThat(busy.begins().test(between)).isFalse();
        assertThat(busy.ends().test(between)).isFalse();
        assertThat(busy.ends().test(IDLE)).isTrue();
        assertThat(poor.begins().test(late)).isTrue();
        assertThat(poor.begins().test(between)).isFalse();
        assertThat(poor.ends().test(between)).isFalse();
        assertThat(poor.ends().test(IDLE)).isTrue();
        assertThat(day.begins().test(between)).isTrue();
        assertThat(day.ends().test(late)).isTrue();
        assertThat(night.begins().test(late)).isTrue();
        assertThat(night.begins().test(IDLE)).isTrue();
        assertThat(night.ends().test(between)).isTrue();
    }

    @Test
    void limits_that_would_switch_to_and_fro_are_refused() {
        assertThatThrownBy(() -> StrategyRule.whileBacklog(10, 20, new Adaptive()))
                .hasMessageContaining("a rule by backlog ends at 20.0 and begins at 10.0");
        assertThatThrownBy(() -> new SchedulerOptions(
                        new Adaptive(),
                        Strategies.builtIn(),
                        Map.of(),
                        Duration.ZERO,
                        List.of(),
                        Duration.ofSeconds(-1)))
                .hasMessageContaining("switchPause is PT-1S; it must not be negative");
    }
}
