package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlannedTask;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanRanksTest {

    private static PlanRanks ranks(ExecutionPlan plan) {
        return PlanRanks.of(plan, DurationEstimates.stated());
    }

    private static double seconds(ExecutionPlan plan, String task) {
        return Math.round(ranks(plan).upwardMicros(plan.indexOf(task).orElseThrow()) / 1e5) / 10.0;
    }

    @Test
    void a_task_ranks_by_the_longest_path_from_its_start_to_the_end() {
        ExecutionPlan plan = ExecutionPlan.named("diamond")
                .task("last", t -> t.tool("x").after("short", "long").estimatedDuration(Duration.ofSeconds(3)))
                .task("short", t -> t.tool("x").after("first").estimatedDuration(Duration.ofSeconds(2)))
                .task("long", t -> t.tool("x").after("first").estimatedDuration(Duration.ofSeconds(20)))
                .task("first", t -> t.tool("x"))
                .build();

        assertThat(seconds(plan, "last")).isEqualTo(3);
        assertThat(seconds(plan, "short")).isEqualTo(5);
        assertThat(seconds(plan, "long")).isEqualTo(23);
        assertThat(seconds(plan, "first"))
                .as("a second where nothing is stated")
                .isEqualTo(24);
        assertThat(ranks(plan).longestPathMicros()).isCloseTo(24_000_000, within(10L));
    }

    @Test
    void every_type_of_dependency_counts_with_its_lag() {
        assertThat(firstOfTwo(DependencyType.FINISH_TO_START)).isEqualTo(10 + 5 + 4);
        assertThat(firstOfTwo(DependencyType.START_TO_START))
                .as("the longer of both")
                .isEqualTo(10);
        assertThat(firstOfTwo(DependencyType.FINISH_TO_FINISH)).isEqualTo(10 + 5);
        assertThat(firstOfTwo(DependencyType.START_TO_FINISH)).isEqualTo(10);
    }

    /// Ten seconds, followed after five seconds by one of four.
    private static double firstOfTwo(DependencyType type) {
        return seconds(
                ExecutionPlan.named("two")
                        .task("first", t -> t.tool("x").estimatedDuration(Duration.ofSeconds(10)))
                        .task(
                                "second",
                                t -> t.tool("x")
                                        .estimatedDuration(Duration.ofSeconds(4))
                                        .dependsOn("first", type, Duration.ofSeconds(5)))
                        .build(),
                "first");
    }

    @Test
    void the_items_of_a_list_lie_within_their_task() {
        ExecutionPlan plan = ExecutionPlan.named("items")
                .task("before", t -> t.tool("x"))
                .task(
                        "each",
                        t -> t.tool("x")
                                .forEach(List.of(1, 2, 3))
                                .after("before")
                                .estimatedDuration(Duration.ofSeconds(7)))
                .task("after", t -> t.tool("x").after("each"))
                .build();

        assertThat(seconds(plan, "after")).isEqualTo(1);
        assertThat(seconds(plan, "each[*]")).isEqualTo(8);
        assertThat(seconds(plan, "before")).isEqualTo(9);
    }

    @Test
    void a_chain_of_a_hundred_thousand_takes_no_recursion() {
        var plan = ExecutionPlan.named("chain");
        for (int task = 0; task < 100_000; task++) {
            String before = "t" + (task - 1);
            boolean first = task == 0;
            plan.task("t" + task, t -> {
                t.tool("x");
                if (!first) {
                    t.after(before);
                }
            });
        }

        assertThat(seconds(plan.build(), "t0")).isEqualTo(100_000);
    }

    @Test
    void estimates_may_come_from_elsewhere() {
        ExecutionPlan plan = Waiting.independent(2);
        PlanRanks ranks = PlanRanks.of(plan, new DurationEstimates() {
            @Override
            public long expectedMicros(PlannedTask task) {
                return task.index();
            }

            @Override
            public double failureRisk(PlannedTask task) {
                return task.index() * 2;
            }
        });

        assertThat(ranks.estimatedMicros(0)).as("at least something").isOne();
        assertThat(ranks.failureRisk(0)).isZero();
        assertThat(ranks.failureRisk(1)).isOne();
        assertThat(DurationEstimates.stated().failureRisk(plan.task(0))).isZero();
    }
}
