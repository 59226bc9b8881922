package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.paths;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanCompilerTest {

    @Test
    void tasks_take_their_indexes_in_the_order_written() {
        ExecutionPlan plan = plan(step("one", task("a"), task("b")), step("two", task("c")));

        assertThat(paths(plan)).isEqualTo("a b c");
        assertThat(plan.steps()).extracting(PlannedStep::path).containsExactly("one", "two");
        assertThat(plan.step(1).tasks()).containsExactly(2);
        assertThat(plan.edgeCount()).isZero();
    }

    @Test
    void after_makes_an_edge_that_asks_for_success() {
        ExecutionPlan plan = plan(step("one", task("a"), task("b", "a")), step("two", task("c", "b", "a")));

        assertThat(edges(plan)).containsExactly("a -SUCCESS-> b", "a -SUCCESS-> c", "b -SUCCESS-> c");
        assertThat(plan.predecessorCount(2)).isEqualTo(2);
    }
}
