package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.Submission;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.PreparedPlans.Prepared;
import dev.ropewalk.plan.AgentCheck;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import dev.ropewalk.value.InputCollector;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// Brings plans to the loop: encoded, with what the store knows of their ids and keys, and once more if
/// that has changed meanwhile. Safe for use by several threads.
final class Submissions {

    private final PreparedPlans plans;
    private final Admissions admissions;
    private final Strategies strategies;
    private final Questions questions;
    private final Completions completions;
    private final LongSupplier unloads;
    private final Supplier<AgentCheck> agents;

    /// @param unloads see [Loop#unloads]
    /// @param agents that there are, or were
    Submissions(
            PreparedPlans plans,
            Admissions admissions,
            Strategies strategies,
            Questions questions,
            Completions completions,
            LongSupplier unloads,
            Supplier<AgentCheck> agents) {
        this.plans = plans;
        this.admissions = admissions;
        this.strategies = strategies;
        this.questions = questions;
        this.completions = completions;
        this.unloads = unloads;
        this.agents = agents;
    }

    CompletableFuture<Submission> submit(ExecutionPlan plan, SubmitOptions options) {
        return prepare(plan, options, (prepared, admission) -> submit(prepared, admission, hasOwnId(options)));
    }

    /// @param known gives the end of an execution that was there before
    CompletableFuture<ExecutionResult> execute(
            ExecutionPlan plan, SubmitOptions options, Function<String, CompletableFuture<ExecutionResult>> known) {
        return prepare(plan, options, (prepared, admission) -> execute(prepared, admission, hasOwnId(options), known));
    }

    /// What the loop's answer to a submit means.
    static CompletableFuture<Submission> of(CompletableFuture<Answer> answer) {
        return answer.thenApply(given -> switch (given) {
            case Answer.Done(String id, boolean known) -> new Submission(id, known);
            case Answer.Refused(String code, String message, String remedy) ->
                throw new EngineException(code, message, remedy);
            case Answer.NotHere _ -> throw new EngineException("EXECUTION_UNKNOWN", "there is no such execution", "");
        });
    }

    /// Refuses what is wrong before the loop is asked.
    private <T> CompletableFuture<T> prepare(
            ExecutionPlan plan, SubmitOptions options, BiFunction<Prepared, Admission, CompletableFuture<T>> then) {
        try {
            Prepared prepared = plans.prepare(ordered(plan, options));
            refuse(prepared.unmet());
            checkAgents(prepared);
            return then.apply(prepared, admissions.of(prepared, options));
        } catch (EngineException e) {
            return CompletableFuture.failedFuture(e);
        } catch (StoreException e) {
            return CompletableFuture.failedFuture(Stores.exception(e));
        }
    }

    /// The plan with the strategy of this run, which is stored with it.
    private ExecutionPlan ordered(ExecutionPlan plan, SubmitOptions options) {
        if (options.strategy().isPresent()) {
            return plan.withStrategy(known(options.strategy().get()));
        }
        plan.ordering().strategy().ifPresent(this::known);
        return plan;
    }

    private String known(String strategy) {
        return named(strategy).name();
    }

    /// @throws EngineException `STRATEGY_UNKNOWN`
    SchedulingStrategy named(String strategy) {
        try {
            return strategies.named(strategy);
        } catch (IllegalArgumentException e) {
            throw new EngineException(
                    "STRATEGY_UNKNOWN", String.valueOf(e.getMessage()), "use one of these, or add it as a plugin", e);
        }
    }

    private void checkAgents(Prepared prepared) {
        if (prepared.facts().agents().isEmpty()) {
            return;
        }
        AgentCheck check = agents.get();
        for (AgentNeed need : prepared.facts().agents()) {
            check.missing(need.requirement(), need.tool()).ifPresent(missing -> {
                throw new EngineException(
                        Problem.AGENT_UNKNOWN, missing, "register an agent that can, or ask for less");
            });
        }
    }

    private static void refuse(List<Problem> unmet) {
        if (!unmet.isEmpty()) {
            Problem first = unmet.getFirst();
            String more = unmet.size() == 1 ? "" : " (and %d more)".formatted(unmet.size() - 1);
            throw new EngineException(
                    first.code(), "%s: %s%s".formatted(first.path(), first.message(), more), first.remedy());
        }
    }

    private static boolean hasOwnId(SubmitOptions options) {
        return options.id().isPresent();
    }

    private CompletableFuture<Submission> submit(Prepared prepared, Admission admission, boolean ownId) {
        long checkedAt = unloads.getAsLong();
        Answer known = admissions.known(admission, ownId);
        if (known != null) {
            return of(CompletableFuture.completedFuture(known));
        }
        long seed = ThreadLocalRandom.current().nextLong();
        InputCollector inputs = new InputCollector(prepared.references());
        CompletableFuture<Answer> answer = questions.ask(consumer ->
                new LoopInput.Submit(admission, prepared.plan(), prepared.facts(), inputs, seed, checkedAt, consumer));
        return answer.thenCompose(given -> given instanceof Answer.NotHere
                ? submit(prepared, admission, true)
                : of(CompletableFuture.completedFuture(given)));
    }

    /// Waits for the end before it submits: a new execution need not be looked up then.
    private CompletableFuture<ExecutionResult> execute(
            Prepared prepared,
            Admission admission,
            boolean ownId,
            Function<String, CompletableFuture<ExecutionResult>> known) {
        CompletableFuture<ExecutionResult> end = completions.waitFor(admission.id());
        CompletableFuture<Submission> submitted;
        try {
            submitted = submit(prepared, admission, ownId);
        } catch (StoreException e) {
            submitted = CompletableFuture.failedFuture(Stores.exception(e));
        }
        return submitted
                .whenComplete((submission, failure) -> {
                    if (failure != null || submission.known()) {
                        completions.withdraw(admission.id(), end);
                    }
                })
                .thenCompose(submission -> submission.known() ? known.apply(submission.executionId()) : end);
    }
}
