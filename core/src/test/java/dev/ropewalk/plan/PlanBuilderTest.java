package dev.ropewalk.plan;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static dev.ropewalk.plan.Values.text;
import static dev.ropewalk.plan.Workflows.edges;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.nio.file.Path;
import java.util.ArrayList;
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
                                .task(
                                        "b",
                                        t -> t.tool("noop").with(Map.of("x", 1)).skipOnFailure()))
                .step(
                        "each",
                        s -> s.after("collect")
                                .onError(OnError.RETRY)
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
        assertThat(plan.about())
                .isEqualTo(new Documentation(
                        "All of it",
                        "says everything",
                        List.of("a", "b"),
                        Payload.json("{\"team\":{\"name\":\"ropes\"}}")));
        assertThat(plan.timeoutMicros()).isEqualTo(600_000_000);
        assertThat(plan.maxParallel()).isEqualTo(8);
        assertThat(plan.scopes().getFirst().variables())
                .extracting(entry -> entry.key() + "="
                        + ((Template.Literal) entry.value()).value().text())
                .containsExactly("path=\".\"", "region=\"eu\"", "count=3");
        assertThat(plan.steps())
                .extracting(step -> step.path() + " " + step.mode() + " " + step.onError() + " " + step.maxRetries())
                .containsExactly(
                        "collect PARALLEL RETRY 1",
                        "each HYBRID RETRY 4",
                        "rest HYBRID STOP 0",
                        "e/main HYBRID STOP 0");
        PlannedTask a = plan.task(0);
        assertThat(a.when()).contains(expression("vars.count > 2"));
        assertThat(a.onFailure()).isEqualTo(PlannedTask.OnFailure.FALLBACK);
        assertThat(a.onLost()).isEqualTo(OnLost.UNKNOWN);
        assertThat(a.estimatedMicros()).isEqualTo(2_000_000);
        assertThat(a.retry().maxRetries()).isEqualTo(2);
        assertThat(plan.task(1).arguments()).isEqualTo(new Template.Literal(Payload.json("{\"x\":1}")));
        assertThat(plan.task(1).onFailure()).isEqualTo(PlannedTask.OnFailure.SKIP);
        assertThat(plan.task(1).priority()).isEqualTo(Priority.LOW);
        assertThat(plan.result()).isEqualTo(new Template.Mapping(List.of(new Template.Entry("e", resultOf("e")))));
        assertThat(edges(plan))
                .contains(
                        "a -FALLBACK-> b", "collect/$end -ORDER-> each", "each -SUCCESS-> d", "d -SUCCESS-> e/$start");
        assertThat(PlanFormat.decode(PlanFormat.encode(plan))).isEqualTo(plan);
    }

    @Test
    void tasks_and_steps_may_be_mixed() {
        ExecutionPlan plan = ExecutionPlan.named("mixed")
                .task("a", t -> t.tool("noop"))
                .step("other", s -> s.task("b", t -> t.tool("noop")))
                .task("c", t -> t.tool("noop").after("other"))
                .build();

        assertThat(plan.steps()).extracting(PlannedStep::path).containsExactly("main", "other");
        assertThat(Workflows.paths(plan)).isEqualTo("a c b other/$end");
    }

    @Test
    void all_problems_come_at_once() {
        PlanBuilder builder = ExecutionPlan.named("broken")
                .variable("region", VariableType.STRING)
                .given("count", 1)
                .task("fetch", t -> t.tool("http").timeout(ofSeconds(-1)))
                .task("resize", t -> t.with("image", resultOf("fetsh")).when(expression("vars.x")));

        assertThat(builder.validate()).hasSize(6);
        assertThatThrownBy(builder::build)
                .isInstanceOfSatisfying(
                        InvalidPlanException.class,
                        e -> assertThat(e.problems()).isEqualTo(builder.validate()))
                .hasMessage("""
                        plan "broken" rejected, 6 problems [PLAN_INVALID]
                          variables.count: there is no variable "count"; the variables are "region"
                          variables.region: the variable "region" is required and was given no value; give it a string, or declare a default
                          steps[0].tasks[0].timeout: -1s must be longer than zero; leave it out for no timeout
                          steps[0].tasks[1].tool: "" cannot be the name of a tool; name the tool that the task calls, such as shell or mcp:files/read_text_file
                          steps[0].tasks[1].when: there is no expression language here to check "vars.x"; compile with the language of the module ropewalk-formats, or use resultOf(task)
                          steps[0].tasks[1].with.image: "fetsh" is not a task of this plan; did you mean "fetch"?""");
        assertThatThrownBy(() -> ExecutionPlan.named("empty").build())
                .hasMessage(
                        "plan \"empty\" rejected, 1 problem [PLAN_INVALID]\n  steps: there is nothing to do; add a step"
                                + " with a task");
    }

    @Test
    void a_sound_plan_has_no_problems() {
        PlanBuilder builder =
                ExecutionPlan.named("x").task("a", t -> t.tool("noop").when(expression("vars.x")));

        assertThat(builder.validate(new WordLanguage())).isEmpty();
    }

    @Test
    void a_value_is_taken_as_it_is_when_it_is_given() {
        List<Object> list = new ArrayList<>(List.of(1));
        PlanBuilder builder =
                ExecutionPlan.named("x").task("a", t -> t.tool("noop").with("list", list));
        list.add(2);

        assertThat(builder.build().task(0).arguments()).isEqualTo(new Template.Literal(Payload.json("{\"list\":[1]}")));
    }

    @Test
    void a_value_that_json_does_not_have_is_refused_where_it_is_given() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecutionPlan.named("x").task("a", t -> t.with("file", Path.of("y"))))
                .withMessageStartingWith("JSON has no value of class")
                .withMessageContaining(" at with.file; give a Map");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecutionPlan.named("x").metadata("n", Double.NaN))
                .withMessageStartingWith("JSON has no NaN at metadata.n;");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecutionPlan.named("x").given("n", resultOf("y")))
                .withMessageStartingWith(
                        "JSON has no value of class dev.ropewalk.plan.Template$ResultOf at variables.n;");
    }

    @Test
    void metadata_is_an_object() {
        for (Payload other : List.of(Payload.NULL, Payload.json("[1]"), Payload.of(new byte[] {'{'}, "text/plain"))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Documentation("", "", List.of(), other))
                    .withMessageStartingWith("metadata is a JSON object");
        }
    }

    @Test
    void two_builders_that_say_the_same_make_equal_plans_with_equal_bytes() {
        byte[] one = PlanFormat.encode(sample());
        byte[] two = PlanFormat.encode(sample());

        assertThat(one).isEqualTo(two);
        assertThat(sample()).isEqualTo(sample());
    }

    private static ExecutionPlan sample() {
        return ExecutionPlan.named("x")
                .metadata("m", Map.of("b", 1, "a", 2))
                .task("a", t -> t.tool("noop").with(Map.of("z", 1, "y", resultOf("b"))))
                .task("b", t -> t.tool("noop").retry(RetryPolicy.of(2).withBackoff(1)))
                .build();
    }
}
