package dev.ropewalk.plan;

import static dev.ropewalk.plan.DependencyType.FINISH_TO_FINISH;
import static dev.ropewalk.plan.DependencyType.FINISH_TO_START;
import static dev.ropewalk.plan.DependencyType.START_TO_FINISH;
import static dev.ropewalk.plan.DependencyType.START_TO_START;
import static dev.ropewalk.plan.Workflows.edges;
import static dev.ropewalk.plan.Workflows.expression;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.problems;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.workflow;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// The edges of dependency types, what is refused of them and of constraints, and that plans keep them.
@DisplayNameGeneration(ReplaceUnderscores.class)
class TypedDependenciesTest {

    @Test
    void each_type_is_an_edge_of_its_own() {
        assertThat(edges(plan(step(
                        "main",
                        task("a"),
                        task("b")
                                .on("a", FINISH_TO_START)
                                .on("a", START_TO_START)
                                .on("a", FINISH_TO_FINISH)
                                .on("a", START_TO_FINISH)))))
                .containsExactly(
                        "a -FINISH_TO_FINISH-> b", "a -START_TO_FINISH-> b", "a -START_TO_START-> b", "a -SUCCESS-> b");
    }

    @Test
    void the_longest_lag_of_equal_dependencies_counts() {
        ExecutionPlan plan = plan(step(
                "main",
                task("a"),
                task("b", "a").on("a", FINISH_TO_START, ofMillis(5)).on("a", FINISH_TO_START, ofMillis(3)),
                task("c", "a")));

        assertThat(plan.edgeCount()).isEqualTo(2);
        assertThat(plan.hasLags()).isTrue();
        assertThat(plan.lagMicros(0, 0)).isEqualTo(5_000);
        assertThat(plan.lagMicros(0, 1)).isZero();
    }

    @Test
    void a_plan_without_types_has_no_tables_for_them() {
        ExecutionPlan plan = plan(step("main", task("a"), task("b", "a")));

        assertThat(plan.hasLags() || plan.holdsEnds() || plan.asksForStarts()).isFalse();
        assertThat(plan.endHolds(1)).isZero();
    }

    @Test
    void steps_begin_and_end_by_barriers() {
        assertThat(edges(plan(
                        step("one", task("a"), task("b", "a")),
                        step("two", task("c")).on("one", START_TO_START, ofSeconds(1)),
                        step("three", task("d")).on("one", START_TO_FINISH))))
                .contains(
                        "a -START_TO_START-> one/$begin",
                        "b -START_TO_START-> one/$begin",
                        "one/$begin -ORDER-> c",
                        "one/$begin -ORDER-> three/$end");
        assertThat(edges(plan(
                        step("one", task("a")),
                        step(
                                "two",
                                task("b").on("one", START_TO_START),
                                task("c").on("one", FINISH_TO_FINISH)),
                        step(
                                "three",
                                task("d").on("one", FINISH_TO_START),
                                task("e").on("one", START_TO_FINISH)))))
                .contains(
                        "one/$begin -ORDER-> b",
                        "one/$end -FINISH_TO_FINISH-> c",
                        "one/$end -ORDER-> d",
                        "one/$begin -FINISH_TO_FINISH-> e");
    }

    @Test
    void a_condition_of_a_step_has_a_gate_or_is_its_for_eachs() {
        assertThat(edges(plan(
                        step("one", task("a")),
                        step("two", task("b"), task("c", "b"))
                                .on("one", FINISH_TO_START, Duration.ZERO, "tasks.a.result"))))
                .contains(
                        "one/$end -ORDER-> two/$start",
                        "a -SUCCESS-> two/$start",
                        "two/$start -GATE-> b",
                        "two/$start -GATE-> c");
        ExecutionPlan plan = plan(
                step("one", task("a")),
                step("two", task("b"))
                        .forEach(new Template.Literal(Payload.json("[1]")))
                        .on("one", FINISH_TO_START, Duration.ZERO, "x"));
        assertThat(plan.task(plan.indexOf("two").orElseThrow()).conditions()).containsExactly(expression("x"));
    }

    @Test
    void references_of_a_condition_are_dependencies() {
        assertThat(edges(plan(step(
                        "main",
                        task("a"),
                        task("b"),
                        task("c").on("b", FINISH_TO_FINISH, Duration.ZERO, "tasks.a.result")))))
                .contains("a -SUCCESS-> c", "b -FINISH_TO_FINISH-> c");
    }

    @Test
    void what_makes_no_sense_is_refused() {
        assertThat(problems(
                        step(
                                "one",
                                task("a").on("a", START_TO_START).on("nobody", FINISH_TO_FINISH),
                                task("b").on("one", START_TO_START),
                                task("c").on("a", FINISH_TO_START, ofSeconds(-1)),
                                task("d").on("a", FINISH_TO_START, Duration.ofDays(400))),
                        step(
                                        "two",
                                        task("e"),
                                        task("f").on("e", START_TO_START),
                                        task("g").on("e", FINISH_TO_FINISH))
                                .mode(StepMode.PARALLEL),
                        step("three", task("h").fallback("i"), task("i").on("h", FINISH_TO_START)),
                        step("four", task("j").on("a", FINISH_TO_FINISH))
                                .forEach(new Template.Literal(Payload.json("[1]"))),
                        step("five", task("k")).on("five", START_TO_START),
                        step("six", task("l")).on("five", START_TO_START, Duration.ZERO, "tasks.l.result")))
                .containsExactlyInAnyOrder(
                        "CYCLE steps[0].tasks[0].dependencies[0]",
                        "UNKNOWN_TASK steps[0].tasks[0].dependencies[1]",
                        "CYCLE steps[0].tasks[1].dependencies[0]",
                        "INVALID_VALUE steps[0].tasks[2].dependencies[0].lag",
                        "INVALID_VALUE steps[0].tasks[3].dependencies[0].lag",
                        "PARALLEL_DEPENDENCY steps[1].tasks[1].dependencies[0]",
                        "INVALID_VALUE steps[2].tasks[1].dependencies[0]",
                        "UNSUPPORTED steps[3].tasks[0].dependencies[0]",
                        "CYCLE steps[4].dependencies[0]",
                        "CYCLE steps[5].dependencies[0].condition");
    }

    private static Constraints deadline(OnDeadlineMissed action) {
        return new Constraints(
                Optional.of(new Moment.AfterStart(ofSeconds(1))), action, Optional.empty(), List.of(), List.of());
    }

    @Test
    void constraints_that_make_no_sense_are_refused() {
        Constraints odd = new Constraints(
                Optional.empty(),
                OnDeadlineMissed.FAIL,
                Optional.of(new Moment.AfterStart(ofSeconds(-1))),
                List.of(new TimeWindow(List.of(), LocalTime.NOON, LocalTime.NOON, ZoneOffset.UTC)),
                List.of("", "ok"));
        Workflow sub = new Workflow(
                "sub",
                "",
                Documentation.NONE,
                List.of(),
                Workflow.Defaults.NONE,
                workflow(step("s", task("t"))).steps(),
                Optional.empty(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                SharedResources.NONE,
                Ordering.NONE,
                deadline(OnDeadlineMissed.WARN));
        assertThat(problems(
                        step(
                                "one",
                                task("a").constraints(odd),
                                task("b")
                                        .forEach(new Template.Literal(Payload.json("[1]")))
                                        .constraints(deadline(OnDeadlineMissed.FAIL)),
                                task("c").runs(sub).constraints(deadline(OnDeadlineMissed.WARN))),
                        step("two", task("d").constraints(deadline(OnDeadlineMissed.WARN)))
                                .forEach(new Template.Literal(Payload.json("[1]")))))
                .containsExactlyInAnyOrder(
                        "INVALID_VALUE steps[0].tasks[0].constraints.notBefore",
                        "INVALID_VALUE steps[0].tasks[0].constraints.onDeadlineMissed",
                        "INVALID_VALUE steps[0].tasks[0].constraints.windows[0].days",
                        "INVALID_VALUE steps[0].tasks[0].constraints.exclusive[0]",
                        "UNSUPPORTED steps[0].tasks[1].constraints.onDeadlineMissed",
                        "UNSUPPORTED steps[0].tasks[2].constraints.deadline",
                        "UNSUPPORTED steps[0].tasks[2].plan.constraints",
                        "UNSUPPORTED steps[1].tasks[0].constraints.deadline");
    }

    @Test
    void too_many_windows_or_locks_are_refused() {
        TimeWindow noon = new TimeWindow(List.of(DayOfWeek.MONDAY), LocalTime.NOON, LocalTime.NOON, ZoneOffset.UTC);
        Constraints many = new Constraints(
                Optional.empty(),
                OnDeadlineMissed.WARN,
                Optional.empty(),
                Collections.nCopies(101, noon),
                Collections.nCopies(101, "lock"));
        assertThat(problems(step("one", task("a").constraints(many))))
                .containsExactly(
                        "LIMIT_EXCEEDED steps[0].tasks[0].constraints.windows",
                        "LIMIT_EXCEEDED steps[0].tasks[0].constraints.exclusive");
    }

    @Test
    void a_stored_plan_keeps_all_of_it() {
        ExecutionPlan plan = ExecutionPlan.named("kept")
                .constraints(c -> c.deadline(ofSeconds(90)).onDeadlineMissed(OnDeadlineMissed.ESCALATE))
                .step(
                        "one",
                        s -> s.task("a", t -> t.tool("noop"))
                                .task(
                                        "b",
                                        t -> t.tool("noop")
                                                .dependsOn("a", START_TO_START, ofMillis(7))
                                                .constraints(c -> c.deadline(Instant.parse("2027-01-01T00:00:00.5Z"))
                                                        .notBefore(Instant.parse("1960-01-01T00:00:00Z"))
                                                        .window(new TimeWindow(
                                                                List.of(DayOfWeek.MONDAY, DayOfWeek.SUNDAY),
                                                                LocalTime.of(22, 0, 30),
                                                                LocalTime.of(6, 0),
                                                                ZoneId.of("Europe/Berlin")))
                                                        .exclusive("report", "disk"))))
                .step(
                        "two",
                        s -> s.dependsOn("one", FINISH_TO_FINISH, ofMillis(9), expression("x"))
                                .dependsOn("one", START_TO_START)
                                .task("c", t -> t.tool("noop").constraints(c -> c.notBefore(ofSeconds(1)))))
                .build(new WordLanguage());

        ExecutionPlan read = PlanFormat.decode(PlanFormat.encode(plan));

        assertThat(read).isEqualTo(plan).hasSameHashCodeAs(plan);
        assertThat(read.constraints().onDeadlineMissed()).isEqualTo(OnDeadlineMissed.ESCALATE);
        assertThat(read.task(read.indexOf("b").orElseThrow()).constraints().exclusive())
                .containsExactly("report", "disk");
    }
}
