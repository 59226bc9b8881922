package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.compile;
import static dev.ropewalk.plan.Workflows.plan;
import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.withDefaults;
import static dev.ropewalk.plan.Workflows.workflow;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import dev.ropewalk.plan.Workflows.StepMaker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PoliciesTest {

    private static final Duration ENDLESS = ofSeconds(Long.MAX_VALUE);

    private static final RetryPolicy.Rule AFTER_6_MINUTES =
            new RetryPolicy.Rule(List.of("BUSY"), OptionalInt.empty(), Optional.of(ofMinutes(6)));

    @Test
    void a_task_that_says_nothing_has_no_retry_no_timeout_and_normal_priority() {
        PlannedTask task = plan(step("main", task("a"))).task(0);

        assertThat(task.retry()).isEqualTo(RetryPolicy.NONE);
        assertThat(task.timeoutMicros()).isZero();
        assertThat(task.estimatedMicros()).isZero();
        assertThat(task.priority()).isEqualTo(Priority.NORMAL);
        assertThat(task.onLost()).isEqualTo(OnLost.RERUN);
        assertThat(task.onFailure()).isEqualTo(PlannedTask.OnFailure.FAIL);
    }

    @Test
    void a_step_that_says_nothing_is_hybrid_and_stops() {
        PlannedStep step = plan(step("main", task("a"))).step(0);

        assertThat(step.mode()).isEqualTo(StepMode.HYBRID);
        assertThat(step.onError()).isEqualTo(OnError.STOP);
        assertThat(step.maxRetries()).isZero();
    }

    @Test
    void a_task_overrides_each_default_by_itself() {
        Workflow workflow = withDefaults(
                workflow(step(
                        "main",
                        task("a"),
                        task("b")
                                .retry(RetryPolicy.of(9))
                                .timeout(ofSeconds(1))
                                .onFailure(new FailurePolicy.Fail())
                                .priority(Priority.HIGH))),
                new Defaults(
                        Optional.of(RetryPolicy.of(2)),
                        Optional.of(ofMinutes(1)),
                        Optional.of(new FailurePolicy.Skip()),
                        Optional.of(Priority.LOW),
                        List.of()));
        ExecutionPlan plan = plan(workflow);

        assertThat(plan.tasks()).extracting(task -> task.retry().maxRetries()).containsExactly(2, 9);
        assertThat(plan.tasks()).extracting(PlannedTask::timeoutMicros).containsExactly(60_000_000L, 1_000_000L);
        assertThat(plan.tasks())
                .extracting(PlannedTask::onFailure)
                .containsExactly(PlannedTask.OnFailure.SKIP, PlannedTask.OnFailure.FAIL);
        assertThat(plan.tasks()).extracting(PlannedTask::priority).containsExactly(Priority.LOW, Priority.HIGH);
    }

    @Test
    void less_than_a_microsecond_is_not_nothing() {
        assertThat(plan(step("main", task("a").timeout(ofNanos(1)))).task(0).timeoutMicros())
                .isEqualTo(1);
    }

    @Test
    void timeouts_are_longer_than_zero_and_at_most_a_year() {
        assertThat(plan(step("main", task("a").timeout(ofDays(365)))).task(0).timeoutMicros())
                .isEqualTo(31_536_000_000_000L);
        assertThat(texts(step(
                        "main",
                        task("a").timeout(Duration.ZERO),
                        task("b").timeout(ofSeconds(-1)),
                        task("c").timeout(ofDays(365).plusNanos(1)),
                        task("d").timeout(ENDLESS),
                        task("e").estimate(ENDLESS.negated()))))
                .containsExactly(
                        "steps[0].tasks[0].timeout: 0s must be longer than zero; leave it out for no timeout",
                        "steps[0].tasks[1].timeout: -1s must be longer than zero; leave it out for no timeout",
                        "steps[0].tasks[2].timeout: 8760h0.000000001s is longer than 365 days; leave it out for no timeout",
                        "steps[0].tasks[3].timeout: 2562047788015215h30m7s is longer than 365 days; leave it out for no"
                                + " timeout",
                        "steps[0].tasks[4].estimatedDuration: -2562047788015215h-30m-7s must be longer than zero; leave"
                                + " it out for no estimate");
    }

    @Test
    void a_retry_policy_out_of_range_is_refused_field_by_field() {
        RetryPolicy wild = new RetryPolicy(
                1_000_000_000,
                ofMillis(-1),
                Double.NaN,
                1e308,
                ENDLESS,
                List.of("", "*", "TIME OUT", "HTTP_5*", "x".repeat(65)),
                List.of(new RetryPolicy.Rule(List.of(), OptionalInt.of(-1), Optional.of(ofDays(31)))));

        assertThat(texts(step("main", task("a").retry(wild))))
                .containsExactly(
                        "steps[0].tasks[0].retry.maxRetries: 1,000,000,000 is not from 0 to 1,000; use a number in that"
                                + " range",
                        "steps[0].tasks[0].retry.delay: -0.001s is negative; use 0s for no delay",
                        "steps[0].tasks[0].retry.maxDelay: 2562047788015215h30m7s is longer than 30 days; use a shorter"
                                + " one",
                        "steps[0].tasks[0].retry.backoff: NaN is not from 1 to 10; use 1 for equal delays",
                        "steps[0].tasks[0].retry.jitter: 1.0E308 is not from 0 to 1; use 0 for none",
                        "steps[0].tasks[0].retry.on[0]: \"\" is not an error code; use a code such as TIMEOUT, or a prefix"
                                + " such as HTTP_5*",
                        "steps[0].tasks[0].retry.on[2]: \"TIME OUT\" is not an error code; use a code such as TIMEOUT, or a"
                                + " prefix such as HTTP_5*",
                        "steps[0].tasks[0].retry.on[4]: \"" + "x".repeat(65)
                                + "\" is not an error code; use a code such as TIMEOUT, or a prefix such as HTTP_5*",
                        "steps[0].tasks[0].retry.rules[0].on: the rule names no error code; name the codes for which it"
                                + " holds",
                        "steps[0].tasks[0].retry.rules[0].maxRetries: -1 is not from 0 to 1,000; use a number in that range",
                        "steps[0].tasks[0].retry.rules[0].delay: 744h is longer than 30 days; use a shorter one");
    }

    @Test
    void backoff_and_jitter_below_their_range_and_a_cut_delay_are_refused() {
        assertThat(texts(step(
                        "main",
                        task("a").retry(RetryPolicy.of(1).withBackoff(0.5).withJitter(-1)),
                        task("b")
                                .retry(RetryPolicy.of(1).withDelay(ofMinutes(9)).withMaxDelay(ofMinutes(5))),
                        task("c")
                                .retry(RetryPolicy.of(1)
                                        .withRule(AFTER_6_MINUTES)
                                        .withMaxDelay(ofMinutes(5))))))
                .containsExactly(
                        "steps[0].tasks[0].retry.backoff: 0.5 is not from 1 to 10; use 1 for equal delays",
                        "steps[0].tasks[0].retry.jitter: -1 is not from 0 to 1; use 0 for none",
                        "steps[0].tasks[1].retry.delay: 9m is longer than maxDelay, 5m; raise maxDelay, or shorten the"
                                + " delay",
                        "steps[0].tasks[2].retry.rules[0].delay: 6m is longer than maxDelay, 5m; raise maxDelay, or shorten"
                                + " the delay");
    }

    @Test
    void a_delay_that_is_too_long_is_refused_once_though_maxDelay_follows_from_it() {
        assertThat(texts(step("main", task("a").retry(RetryPolicy.of(1).withDelay(ofDays(31))))))
                .containsExactly("steps[0].tasks[0].retry.delay: 744h is longer than 30 days; use a shorter one");
    }

    @Test
    void defaults_are_checked_once_where_they_stand() {
        Workflow workflow = withDefaults(
                workflow(step("main", task("a"), task("b"))),
                new Defaults(
                        Optional.of(RetryPolicy.of(-1)),
                        Optional.of(Duration.ZERO),
                        Optional.of(new FailurePolicy.Fallback("b")),
                        Optional.empty(),
                        List.of()));

        assertThat(compile(workflow).problems())
                .extracting(Problem::text)
                .containsExactly(
                        "defaults.retry.maxRetries: -1 is not from 0 to 1,000; use a number in that range",
                        "defaults.timeout: 0s must be longer than zero; leave it out for no timeout",
                        "defaults.onFailure: \"b\" cannot be the fallback of every task; name a fallback at the task for"
                                + " which it stands in");
    }

    @Test
    void a_step_runs_again_once_or_as_often_as_it_or_the_workflow_says() {
        StepMaker once = step("a", task("t")).onError(OnError.RETRY);
        StepMaker thrice = step("b", task("u")).onError(OnError.RETRY).maxRetries(3);
        StepMaker never = step("c", task("v")).onError(OnError.RETRY).maxRetries(0);

        assertThat(retries(workflow(once, thrice, never))).containsExactly(1, 3, 0);
        assertThat(retries(withLimits(workflow(once, thrice, never), OptionalInt.of(5))))
                .containsExactly(5, 3, 0);
    }

    @Test
    void maxRetries_of_a_step_needs_a_step_that_runs_again() {
        assertThat(texts(
                        step("a", task("t")).maxRetries(2),
                        step("b", task("u")).onError(OnError.RETRY).maxRetries(1_001)))
                .containsExactly(
                        "steps[0].maxRetries: the step does not run again, so maxRetries has no meaning; set onError: retry,"
                                + " or remove maxRetries",
                        "steps[1].maxRetries: 1,001 is not from 0 to 1,000; use a number in that range");
        assertThat(compile(withLimits(workflow(step("a", task("t"))), OptionalInt.of(-3)))
                        .problems())
                .extracting(Problem::path)
                .containsExactly("maxRetries");
    }

    @Test
    void codes_are_matched_by_policies_made_in_few_words() {
        RetryPolicy policy = RetryPolicy.of(3)
                .withDelay(ofMinutes(10))
                .onlyOn("TIMEOUT")
                .withRule(new RetryPolicy.Rule(List.of("IO"), OptionalInt.of(1), Optional.empty()))
                .withRule(new RetryPolicy.Rule(List.of("X"), OptionalInt.empty(), Optional.of(ofSeconds(1))));

        assertThat(policy.delay()).isEqualTo(ofMinutes(10));
        assertThat(policy.maxDelay()).isEqualTo(ofMinutes(10));
        assertThat(RetryPolicy.of(3).withRule(AFTER_6_MINUTES).maxDelay()).isEqualTo(ofMinutes(6));
        assertThat(policy.on()).containsExactly("TIMEOUT");
        assertThat(policy.rules()).extracting(RetryPolicy.Rule::on).containsExactly(List.of("IO"), List.of("X"));
    }

    @Test
    void limits_are_positive() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PlanLimits(0, 1, 1, 1, 1))
                .withMessage("plan limits must be positive: tasks 0, edges 1, depth 1, items 1, expression 1");
    }

    private static Workflow withLimits(Workflow w, OptionalInt maxRetries) {
        return new Workflow(
                w.name(),
                w.version(),
                w.about(),
                w.variables(),
                w.defaults(),
                w.steps(),
                w.result(),
                maxRetries,
                w.timeout(),
                w.maxParallel(),
                w.shared(),
                w.ordering(),
                w.constraints());
    }

    private static List<Integer> retries(Workflow workflow) {
        return plan(workflow).steps().stream().map(PlannedStep::maxRetries).toList();
    }

    private static List<String> texts(StepMaker... steps) {
        return compile(workflow(steps)).problems().stream().map(Problem::text).toList();
    }
}
