package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.accepted;
import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.TaskBuilder;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProgressTest {

    private static Progress of(Scenario scenario) {
        return Progress.of(scenario.state(), scenario.now(), _ -> 0);
    }

    private static Consumer<TaskBuilder> estimated(String tool, int seconds) {
        return t -> t.tool(tool).estimatedDuration(Duration.ofSeconds(seconds));
    }

    private static Scenario took(Scenario scenario, String path, Duration time) {
        int task = scenario.task(path);
        scenario.starts(path).after(time);
        return scenario.when(new ExecutionCommand.ReportSuccess(
                scenario.now(),
                task,
                scenario.state().attempts(task),
                StoredValue.NULL,
                "",
                time.toNanos() / 1_000,
                List.of()));
    }

    @Test
    void without_any_knowledge_all_tasks_weigh_the_same() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("x"))
                .task("b", t -> t.tool("y"))
                .task("c", t -> t.tool("z"))
                .task("d", t -> t.tool("z")));
        assertThat(of(scenario).percentage()).isZero();
        scenario.starts("a");
        assertThat(Progress.of(scenario.state(), scenario.now(), _ -> 0.5).percentage())
                .isEqualTo(12.5);
        assertThat(of(scenario).remainingMicros()).isEmpty();
    }

    @Test
    void tasks_weigh_what_the_plan_estimates() {
        Scenario scenario = given(p -> p.task("a", estimated("x", 30)).task("b", estimated("x", 10)));
        scenario.runs("a");
        assertThat(of(scenario).percentage()).isEqualTo(75);
        assertThat(of(scenario).workMicros()).isEqualTo(40_000_000);
    }

    @Test
    void without_an_estimate_a_task_weighs_what_others_of_its_tool_took() {
        Scenario scenario = given(p -> p.task("a", t -> t.tool("slow"))
                .task("b", t -> t.tool("quick"))
                .task("c", t -> t.tool("slow"))
                .task("d", t -> t.tool("quick"))
                .task("e", t -> t.tool("other")));
        took(scenario, "a", Duration.ofSeconds(9));
        took(scenario, "b", Duration.ofSeconds(1));
        // slow 9 + 9, quick 1 + 1, other the mean of what is known: 5
        assertThat(of(scenario).workMicros()).isEqualTo(25_000_000);
        assertThat(of(scenario).percentage()).isCloseTo(40, within(1e-9));
    }

    @Test
    void a_running_task_counts_with_the_fraction_that_it_reports() {
        Scenario scenario = given(p -> p.task("a", estimated("x", 30)).task("b", estimated("x", 10)))
                .starts("a", "b");
        int a = scenario.task("a");
        assertThat(Progress.of(scenario.state(), scenario.now(), task -> task == a ? 0.5 : 0.1)
                        .percentage())
                .isCloseTo(40, within(1e-9));
        assertThat(Progress.of(scenario.state(), scenario.now(), _ -> 7).percentage())
                .isEqualTo(100);
        assertThat(Progress.of(scenario.state(), scenario.now(), _ -> Double.NaN)
                        .percentage())
                .isZero();
        assertThat(Progress.of(scenario.state(), scenario.now(), _ -> -3).percentage())
                .isZero();
    }

    @Test
    void counts_are_those_of_tasks_that_people_see() {
        Scenario scenario = given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.CONTINUE)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").after("a"))
                                .task("c", t -> t.tool("x"))
                                .task("d", t -> t.tool("x")))
                .step("then", s -> s.after("s").task("e", t -> t.tool("x"))));
        scenario.runs("c").starts("a", "d").fails("a", Failure.retryable(Failure.TIMEOUT, "too slow"));
        Progress progress = of(scenario);
        assertThat(progress.totalTasks()).isEqualTo(5);
        assertThat(progress.completedTasks()).isEqualTo(1);
        assertThat(progress.runningTasks()).isEqualTo(1);
        assertThat(progress.failedTasks()).isEqualTo(1);
        assertThat(progress.percentage())
                .as("a and c and the skipped b, of five")
                .isCloseTo(60, within(1e-9));
    }

    @Test
    void the_phase_names_the_steps_in_which_tasks_run() {
        Scenario scenario =
                accepted(p -> p.step("one", s -> s.title("Collect the files").task("a", t -> t.tool("x")))
                        .step(
                                "two",
                                s -> s.task(
                                        "b",
                                        t -> t.plan(ExecutionPlan.named("sub")
                                                .step("in", i -> i.task("x", u -> u.tool("x")))
                                                .workflow())))
                        .step("three", s -> s.task("c", t -> t.tool("x")))
                        .step("four", s -> s.task("d", t -> t.tool("x"))));
        assertThat(of(scenario).phase()).isEmpty();
        scenario.starts().starts("a");
        assertThat(of(scenario).phase()).isEqualTo("Collect the files");
        scenario.runs("b/$start").starts("b/x");
        assertThat(of(scenario).phase()).isEqualTo("Collect the files, b/in");
        scenario.starts("c", "d");
        assertThat(of(scenario).phase()).isEqualTo("Collect the files, b/in, three and 1 more");
        scenario.succeeds("a");
        assertThat(of(scenario).phase()).isEqualTo("b/in, three, four");
        assertThat(scenario.state().anyRunningTask()).isEqualTo(scenario.task("b/x"));
    }

    @Test
    void items_count_from_the_moment_they_are_known() {
        Scenario scenario =
                given(p -> p.task("each", t -> t.tool("x").forEach(List.of(1))).task("b", t -> t.tool("x")));
        assertThat(of(scenario).workMicros()).as("two tasks, one for the items").isEqualTo(2_000_000);
        scenario.expands("each", 4);
        assertThat(of(scenario).workMicros()).isEqualTo(5_000_000);
        assertThat(of(scenario).totalTasks()).isEqualTo(6);
        scenario.runs("each[0]").runs("each[1]");
        assertThat(of(scenario).percentage()).isCloseTo(40, within(1e-9));
        scenario.runs("each[2]").runs("each[3]");
        assertThat(of(scenario).completedTasks()).isEqualTo(5);
        assertThat(of(scenario).percentage()).isCloseTo(80, within(1e-9));
    }

    @Test
    void a_for_each_that_never_expands_is_done_like_a_task() {
        Scenario scenario =
                given(p -> p.task("each", t -> t.tool("x").forEach(List.of(1)).when(expression("0")))
                        .task("b", t -> t.tool("x")));
        scenario.decides("each", false);
        assertThat(of(scenario).percentage()).isEqualTo(50);
    }

    @Test
    void a_step_that_runs_again_takes_back_what_was_done() {
        Scenario scenario = given(p -> p.step(
                        "s",
                        s -> s.onError(OnError.RETRY)
                                .maxRetries(1)
                                .task("a", t -> t.tool("x"))
                                .task("each", t -> t.tool("x").forEach(List.of(1)))
                                .task("b", t -> t.tool("x").after("a", "each")))
                .step("t", s -> s.task("c", t -> t.tool("x"))));
        scenario.runs("a").expands("each", 2).runs("each[0]", "each[1]", "c");
        assertThat(of(scenario).percentage()).isEqualTo(80);
        assertThat(of(scenario).completedTasks()).isEqualTo(5);
        scenario.starts("b").fails("b").thenAmongOthers("step s runs again");
        assertThat(of(scenario).percentage()).isEqualTo(25);
        assertThat(of(scenario).completedTasks()).isEqualTo(1);
        assertThat(of(scenario).totalTasks()).isEqualTo(4);
    }

    @Test
    void a_completed_execution_is_done_and_a_stopped_one_is_as_far_as_it_got() {
        Scenario completed = given(p -> p.task("a", t -> t.tool("x"))).runs("a");
        assertThat(of(completed).percentage()).isEqualTo(100);
        assertThat(of(completed).remainingMicros()).hasValue(0);
        Scenario cancelled = given(p ->
                        p.task("a", t -> t.tool("x")).task("b", t -> t.tool("x").after("a")))
                .runs("a")
                .isCancelled("enough");
        assertThat(of(cancelled).percentage()).isEqualTo(50);
        assertThat(of(cancelled).remainingMicros()).hasValue(0);
    }

    @Test
    void where_nothing_weighs_anything_tasks_are_counted() {
        Scenario scenario = given(p -> p.task(
                "sub",
                t -> t.plan(ExecutionPlan.named("sub")
                        .task(
                                "in",
                                u -> u.plan(ExecutionPlan.named("inner")
                                        .task(
                                                "x",
                                                v -> v.tool("x").skipOnFailure().when(expression("0")))
                                        .workflow()))
                        .workflow())));
        scenario.runs("sub/$start");
        assertThat(of(scenario).percentage()).as("x is the only work").isZero();
        scenario.runs("sub/in/$start").decides("sub/in/x", false);
        assertThat(of(scenario).percentage()).isEqualTo(100);
    }

    @Test
    void time_left_is_work_left_over_how_much_ran_at_once() {
        Scenario scenario = given(p -> {
            for (int i = 0; i < 6; i++) {
                p.task("t" + i, t -> t.tool("x"));
            }
        });
        scenario.starts("t0", "t1").after(Duration.ofSeconds(10));
        assertThat(of(scenario).remainingMicros()).as("nothing is known yet").isEmpty();
        for (String path : List.of("t0", "t1")) {
            scenario.when(new ExecutionCommand.ReportSuccess(
                    scenario.now(), scenario.task(path), 1, StoredValue.NULL, "", 10_000_000, List.of()));
        }
        assertThat(of(scenario).remainingMicros())
                .as("four of 10 s, two at once")
                .hasValue(20_000_000);
        scenario.starts("t2", "t3").after(Duration.ofSeconds(5));
        assertThat(Progress.of(scenario.state(), scenario.now(), _ -> 0.5).remainingMicros())
                .hasValue(15_000_000);
        scenario.isCancelled("enough");
        assertThat(of(scenario).remainingMicros()).isEmpty();
    }

    @Test
    void estimates_give_a_time_left_as_soon_as_something_runs() {
        Scenario scenario = given(p -> p.task("a", estimated("x", 10)).task("b", estimated("x", 10)));
        assertThat(of(scenario).remainingMicros()).isEmpty();
        scenario.starts("a").after(Duration.ofSeconds(1));
        assertThat(of(scenario).remainingMicros()).hasValue(20_000_000);
    }

    @Test
    void several_executions_weigh_as_much_as_their_work() {
        Scenario large = given(p -> p.task("a", estimated("x", 30)).task("b", estimated("x", 30)))
                .runs("a");
        Scenario small = given(p -> p.step("other", s -> s.task("a", estimated("x", 20))))
                .runs("a");
        Progress together = Progress.together(List.of(of(large), of(small)));
        assertThat(together.percentage()).isCloseTo(62.5, within(1e-9));
        assertThat(together.totalTasks()).isEqualTo(3);
        assertThat(together.completedTasks()).isEqualTo(2);
        assertThat(together.remainingMicros()).isEmpty();
        large.starts("b");
        assertThat(Progress.together(List.of(of(large), of(small))).phase()).isEqualTo("main");
        assertThat(Progress.together(List.of(of(small), of(small))).remainingMicros())
                .hasValue(0);
        Progress none = Progress.together(List.of());
        assertThat(none.percentage()).isZero();
        assertThat(none.remainingMicros()).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void a_failure_is_for_good_if_nothing_made_up_for_it() {
        Scenario scenario = given(p -> p.step(
                "s",
                s -> s.onError(OnError.CONTINUE)
                        .task("a", t -> t.tool("x").fallback("b"))
                        .task("b", t -> t.tool("x"))
                        .task("c", t -> t.tool("x"))
                        .task("each", t -> t.tool("x").forEach(List.of(1)))
                        .task("tolerated", t -> t.tool("x").forEach(List.of(1)).skipOnFailure())
                        .task("d", t -> t.tool("x").with("c", resultOf("c")))));
        scenario.expands("each", 1).expands("tolerated", 1);
        for (String path : List.of("a", "c", "each[0]", "tolerated[0]")) {
            scenario.starts(path).fails(path);
        }
        scenario.runs("b");
        ExecutionState state = scenario.state();
        assertThat(List.of("a", "b", "c", "each", "each[0]", "tolerated", "tolerated[0]", "d"))
                .filteredOn(path -> state.failedForGood(scenario.task(path)))
                .containsExactly("c", "each", "each[0]");
    }
}
