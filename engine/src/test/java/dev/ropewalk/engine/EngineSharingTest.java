package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.EngineBuilder;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.SchedulingOptions;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.Usage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What executions share, in an engine with real threads.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineSharingTest {

    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    private ExecutionEngine open(EngineBuilder builder) {
        ExecutionEngine engine = builder.open();
        engine.tools().register("ask", _ -> {
            calls.incrementAndGet();
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            running.decrementAndGet();
            return ToolResult.of("ok").with(List.of(new Usage("tokens", "tokens", 60_000, 0)));
        });
        return engine;
    }

    private static EngineBuilder builder() {
        return ExecutionEngine.builder().store("memory:");
    }

    private static ExecutionPlan chain(Optional<Budget> budget, long estimate) {
        var plan = ExecutionPlan.named("chain");
        budget.ifPresent(plan::budget);
        for (int i = 0; i < 5; i++) {
            String id = "t" + i;
            String before = "t" + (i - 1);
            boolean first = i == 0;
            plan.task(id, t -> {
                t.tool("ask").estimatedTokens(estimate);
                if (!first) {
                    t.after(before);
                }
            });
        }
        return plan.build();
    }

    private static void isSpent(ExecutionResult result) {
        assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(result.failures())
                .singleElement()
                .satisfies(failure ->
                        assertThat(failure.error().orElseThrow().code()).isEqualTo("BUDGET_EXCEEDED"));
    }

    @Test
    void a_plan_stops_when_its_budget_is_spent_though_its_tasks_say_nothing_of_what_they_cost() {
        try (ExecutionEngine engine = open(builder())) {
            ExecutionResult result =
                    engine.execute(chain(Optional.of(Budget.ofTokens(100)), 0)).join();

            isSpent(result);
            assertThat(calls).hasValue(2);
        }
    }

    @Test
    void a_call_that_does_not_fit_into_the_budget_is_not_made() {
        try (ExecutionEngine engine = open(builder())) {
            isSpent(engine.execute(chain(Optional.of(Budget.ofTokens(100)), 60)).join());

            assertThat(calls).hasValue(1);
        }
    }

    @Test
    void a_budget_of_the_configuration_holds_for_all_executions_together() {
        SchedulingOptions scheduling = new SchedulingOptions(
                new SharedResources(
                        List.of(), List.of(), Optional.of(Budget.ofTokens(400).per(Budget.Per.TOTAL))),
                Optional.empty(),
                SchedulingOptions.DEFAULT.tenants());
        try (ExecutionEngine engine = open(builder().scheduling(scheduling))) {
            assertThat(engine.execute(chain(Optional.empty(), 0)).join().status())
                    .isEqualTo(ExecutionStatus.COMPLETED);

            isSpent(engine.execute(chain(Optional.empty(), 0)).join());

            assertThat(calls).hasValue(7);
        }
    }

    @Test
    void a_group_that_adapts_keeps_to_its_range() {
        try (ExecutionEngine engine =
                open(builder().group(ConcurrencyGroup.named("api").withAdaptive(1, 2)))) {
            var plan = ExecutionPlan.named("wide");
            for (int i = 0; i < 20; i++) {
                plan.task("t" + i, t -> t.tool("ask").group("api"));
            }

            ExecutionResult result = engine.execute(plan.build()).join();

            assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
            assertThat(most).hasValueBetween(1, 2);
        }
    }

    @Test
    void a_group_and_a_pool_of_the_configuration_hold_across_executions() {
        EngineBuilder builder = builder()
                .group(ConcurrencyGroup.named("llm").withMaxConcurrent(1))
                .pool(ResourcePool.of("cpu", "1"));
        try (ExecutionEngine engine = open(builder)) {
            var plan = ExecutionPlan.named("wide");
            for (int i = 0; i < 10; i++) {
                boolean even = i % 2 == 0;
                plan.task("t" + i, t -> {
                    t.tool("ask").resource("cpu", "1");
                    if (even) {
                        t.group("llm");
                    }
                });
            }
            ExecutionPlan wide = plan.build();

            List<CompletableFuture<ExecutionResult>> results =
                    List.of(engine.execute(wide), engine.execute(wide), engine.execute(wide));

            assertThat(results)
                    .allSatisfy(result -> assertThat(result.join().status()).isEqualTo(ExecutionStatus.COMPLETED));
            assertThat(most).hasValue(1);
            assertThat(calls).hasValue(30);
        }
    }
}
