package dev.ropewalk.plan;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static dev.ropewalk.plan.Values.text;
import static dev.ropewalk.plan.Workflows.edges;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanBuilderTest {

    @Test
    void a_plan_of_two_tasks_reads_as_a_sentence() {
        ExecutionPlan plan = ExecutionPlan.named("thumbnails")
                .task(
                        "fetch",
                        t -> t.tool("http").with("url", "http://localhost").timeout(ofSeconds(30)))
                .task(
                        "resize",
                        t -> t.tool("resize")
                                .with("image", resultOf("fetch"))
                                .after("fetch")
                                .retry(3))
                .build();

        assertThat(plan.name()).isEqualTo("thumbnails");
        assertThat(plan.steps()).extracting(PlannedStep::path).containsExactly("main");
        assertThat(edges(plan)).containsExactly("fetch -SUCCESS-> resize");
        assertThat(plan.task(0).arguments())
                .isEqualTo(new Template.Literal(Payload.json("{\"url\":\"http://localhost\"}")));
        assertThat(plan.task(0).timeoutMicros()).isEqualTo(30_000_000);
        assertThat(plan.task(1).retry()).isEqualTo(RetryPolicy.of(3));
    }

    @Test
    void everything_that_the_model_has_can_be_said() {
        Workflow sub = ExecutionPlan.named("sub")
                .variable("limit", VariableType.INTEGER)
                .task("work", t -> t.tool("noop"))
                .workflow();
        ExecutionPlan plan = ExecutionPlan.named("all")
                .version("1.2.0")
                .title("All of it")
                .description("says everything")
                .tags("a", "b")
                .metadata("team", Map.of("name", "ropes"))
                .variable("path", VariableType.STRING, ".")
                .variable(new Variable("region", VariableType.STRING, Optional.empty(), "where"))
                .variable("count", VariableType.INTEGER)
                .given("region", "eu")
                .given("count", 3)
                .defaults(d -> d.retry(2).timeout(ofMinutes(1)).skipOnFailure().priority(Priority.LOW))
                .maxRetries(4)
                .timeout(ofMinutes(10))
                .maxParallel(8)
                .limits(new PlanLimits(100, 100, 2, 50, 100))
                .step(
                        "collect",
                        s -> s.mode(StepMode.PARALLEL)
                                .onError(OnError.RETRY)
                                .maxRetries(1)
                                .title("Collect")
                                .task(
                                        "a",
                                        t -> t.tool("noop")
                                                .when(expression("vars.count > 2"))
                                                .priority(Priority.HIGH)
                                                .estimatedDuration(ofSeconds(2))
                                                .onLost(OnLost.UNKNOWN)
                                                .fallback("b"))
                                .task("b", t -> t.tool("noop").with(Map.of("x", 1))))
                .step(
                        "each",
                        s -> s.after("collect")
                                .onError(OnError.CONTINUE)
                                .forEach(List.of(1, 2))
                                .maxItems(5)
                                .task("c", t -> t.tool("noop").with("item", expression("item"))))
                .step(
                        "rest",
                        s -> s.task(
                                        "d",
                                        t -> t.tool("noop")
                                                .forEach(resultOf("each"))
                                                .maxItems(7))
                                .task("e", t -> t.plan(sub).with("limit", resultOf("d")))
                                .task("f", t -> t.tool("noop").with("line", text("got ", resultOf("e")))))
                .result(Map.of("e", resultOf("e")))
                .build(new WordLanguage());

        assertThat(plan.version()).isEqualTo("1.2.0");
        assertThat(plan.about().metadata()).isEqualTo(Payload.json("{\"team\":{\"name\":\"ropes\"}}"));
    }
}
