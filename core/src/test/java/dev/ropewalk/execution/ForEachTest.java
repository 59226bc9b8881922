package dev.ropewalk.execution;

import static dev.ropewalk.execution.Scenario.given;
import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ForEachTest {

    private static final List<Integer> LIST = List.of(1);

    private static Scenario overTask(OnError onError) {
        return given(p -> p.step(
                "s",
                s -> s.onError(onError)
                        .task("each", t -> t.tool("x").forEach(LIST))
                        .task("after", t -> t.tool("x").after("each"))));
    }

    @Test
    void a_task_expands_into_items_and_completes_with_the_last() {
        Scenario scenario = overTask(OnError.STOP)
                .thenToEvaluate("each")
                .expands("each", 2)
                .then("expanded each into 2", "queued each[0] each[1]")
                .thenIs(TaskStatus.RUNNING, "each")
                .runs("each[1]")
                .then("completed each[1]")
                .runs("each[0]")
                .then("completed each[0]", "completed each", "queued after");
        assertThat(scenario.state().taskResult(0)).contains(new StoredValue.Collected());
        Expansion expansion = scenario.state().expansion(0).orElseThrow();
        assertThat(expansion.items()).isEqualTo(Scenario.json("[2]"));
        assertThat(scenario.state().expansionOf(scenario.task("each[1]"))).contains(expansion);
        assertThat(scenario.state().expansionOf(0)).isEmpty();
        assertThat(scenario.state().expansion(scenario.task("each[1]"))).isEmpty();
    }

    @Test
    void no_items_are_an_empty_list() {
        overTask(OnError.STOP).expands("each", 0).then("expanded each into 0", "completed each", "queued after");
    }

    @Test
    void a_for_each_whose_condition_does_not_hold_is_skipped() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).when(expression("0")))
                        .task("after", t -> t.tool("x").after("each")))
                .decides("each", false)
                .then("condition of each does not hold", "skipped each WHEN_FALSE", "queued after");
    }

    @Test
    void a_condition_that_holds_comes_with_the_items() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).when(expression("0"))))
                .expands("each", 1)
                .then("condition of each holds", "expanded each into 1", "queued each[0]");
    }

    @Test
    void a_list_longer_than_allowed_fails_the_task() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).maxItems(3)))
                .expands("each", 4)
                .thenAmongOthers("failed each LIMIT_EXCEEDED");
    }

    @Test
    void more_tasks_than_fit_into_memory_fail_the_task() {
        Scenario scenario = given(p -> p.step("s", s -> {
            s.onError(OnError.CONTINUE).forEach(LIST);
            for (int i = 0; i < 100; i++) {
                s.task("t" + i, t -> t.tool("x"));
            }
        }));
        scenario.expands("s", 100_000).thenAmongOthers("failed s LIMIT_EXCEEDED");
        assertThat(scenario.state().taskFailure(0).orElseThrow().message())
                .isEqualTo("a list of 100000 items, at most 49998 are allowed");
    }

    @Test
    void a_failing_item_stops_the_execution_if_its_step_says_so() {
        overTask(OnError.STOP)
                .expands("each", 2)
                .starts("each[0]", "each[1]")
                .fails("each[0]")
                .then("attempt failed each[0] #1 IO", "failed each[0] IO", "stopping: failure of each[0]")
                .succeeds("each[1]")
                .then("completed each[1]", "cancelled each after", "FAILED IO at each[0]");
    }

    @Test
    void other_items_go_on_after_a_failure_if_the_step_does() {
        Scenario scenario = overTask(OnError.CONTINUE)
                .expands("each", 3)
                .starts("each[0]", "each[1]", "each[2]")
                .fails("each[0]")
                .then("attempt failed each[0] #1 IO", "failed each[0] IO")
                .succeeds("each[1]")
                .fails("each[2]")
                .then(
                        "attempt failed each[2] #1 IO",
                        "failed each[2] IO",
                        "failed each ITEMS_FAILED",
                        "skipped after UPSTREAM_FAILED because of each",
                        "FAILED TASKS_FAILED at each");
        assertThat(scenario.state().taskFailure(0).orElseThrow().message()).isEqualTo("2 items failed");
    }

    @Test
    void items_are_retried_each_by_itself() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).retry(1)))
                .expands("each", 2)
                .starts("each[0]", "each[1]")
                .fails("each[1]")
                .thenIs(TaskStatus.QUEUED, "each[1]")
                .thenIs(TaskStatus.RUNNING, "each[0]");
    }

    @Test
    void a_tolerated_for_each_runs_all_its_items_and_counts_as_skipped() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).skipOnFailure())
                        .task("after", t -> t.tool("x").after("each")))
                .expands("each", 2)
                .starts("each[0]", "each[1]")
                .fails("each[0]")
                .then("attempt failed each[0] #1 IO", "failed each[0] IO")
                .succeeds("each[1]")
                .then(
                        "completed each[1]",
                        "attempt failed each #0 ITEMS_FAILED",
                        "skipped each FAILURE_TOLERATED",
                        "queued after")
                .runs("after")
                .then("completed after", "COMPLETED");
    }

    @Test
    void a_fallback_stands_in_for_all_items_together() {
        given(p -> p.task("each", t -> t.tool("x").forEach(LIST).fallback("b"))
                        .task("b", t -> t.tool("x"))
                        .task("after", t -> t.tool("x").after("each")))
                .expands("each", 2)
                .starts("each[0]", "each[1]")
                .fails("each[0]")
                .then("attempt failed each[0] #1 IO", "failed each[0] IO")
                .succeeds("each[1]")
                .then("completed each[1]", "failed each ITEMS_FAILED", "queued b")
                .runs("b")
                .then("completed b", "queued after")
                .runs("after")
                .then("completed after", "COMPLETED");
    }

    private static Scenario overStep(OnError onError) {
        return given(p -> p.step(
                        "s",
                        s -> s.onError(onError)
                                .forEach(LIST)
                                .task("a", t -> t.tool("x"))
                                .task("b", t -> t.tool("x").after("a"))
                                .task("c", t -> t.tool("x").after("b").when(expression("item"))))
                .step("then", s -> s.after("s").task("after", t -> t.tool("x"))));
    }

    @Test
    void a_step_expands_with_the_order_of_its_tasks_in_each_item() {
        overStep(OnError.STOP)
                .expands("s", 2)
                .then("expanded s into 2", "queued s[0]/a s[1]/a")
                .runs("s[0]/a")
                .then("completed s[0]/a", "queued s[0]/b")
                .runs("s[0]/b")
                .thenToEvaluate("s[0]/c")
                .decides("s[0]/c", false)
                .then("condition of s[0]/c does not hold", "skipped s[0]/c WHEN_FALSE")
                .runs("s[1]/a", "s[1]/b")
                .decides("s[1]/c", true)
                .then("condition of s[1]/c holds", "queued s[1]/c")
                .runs("s[1]/c")
                .then("completed s[1]/c", "completed s", "queued after")
                .runs("after")
                .then("completed after", "COMPLETED");
    }

    @Test
    void a_failure_in_an_item_takes_the_rest_of_the_item_with_it_and_counts_once() {
        Scenario scenario = overStep(OnError.CONTINUE)
                .expands("s", 2)
                .starts("s[0]/a")
                .fails("s[0]/a")
                .then(
                        "attempt failed s[0]/a #1 IO",
                        "failed s[0]/a IO",
                        "skipped s[0]/b UPSTREAM_FAILED because of s[0]/a",
                        "skipped s[0]/c UPSTREAM_FAILED because of s[0]/a")
                .runs("s[1]/a", "s[1]/b")
                .decides("s[1]/c", false)
                .then(
                        "condition of s[1]/c does not hold",
                        "skipped s[1]/c WHEN_FALSE",
                        "failed s ITEMS_FAILED",
                        "queued after");
        assertThat(scenario.state()
                        .taskFailure(scenario.task("s"))
                        .orElseThrow()
                        .message())
                .isEqualTo("1 item failed");
    }

    @Test
    void items_can_be_found_by_number_and_pattern() {
        Scenario scenario = overStep(OnError.STOP).expands("s", 3);
        Expansion expansion = scenario.state().expansions().getFirst();
        assertThat(scenario.state().path(expansion.task(2, 2))).isEqualTo("s[2]/b");
        assertThat(expansion.item(expansion.task(2, 2))).isEqualTo(2);
        assertThat(expansion.pattern(expansion.task(2, 2))).isEqualTo(2);
        assertThat(expansion.contains(expansion.first())).isTrue();
        assertThat(expansion.contains(expansion.end())).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> expansion.task(0, 0));
    }

    @Test
    void there_may_be_many_expansions_and_each_item_knows_its_own() {
        Scenario scenario = given(p -> {
            for (int i = 0; i < 20; i++) {
                p.task("each" + i, t -> t.tool("x").forEach(LIST));
            }
        });
        for (int i = 19; i >= 0; i--) {
            scenario.expands("each" + i, i % 3);
        }
        for (int task = scenario.state().plan().taskCount();
                task < scenario.state().taskCount();
                task++) {
            int of = task;
            Expansion expansion = scenario.state().expansionOf(task).orElseThrow();
            assertThat(expansion.contains(of)).isTrue();
            assertThat(scenario.state().path(of)).startsWith(scenario.state().path(expansion.owner()) + "[");
        }
    }
}
