package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.plan.ResourcePool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EnginePreemptionTest {

    private final ExecutionEngine engine = ExecutionEngine.builder()
            .store("memory:")
            .grace(Duration.ofSeconds(10))
            .open();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final List<String> order = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    private static PlanBuilder plan(String name, boolean preemption) {
        return ExecutionPlan.named(name)
                .pool(new ResourcePool(
                        "cpu", "cpu", 1_000, "", Map.of(), 0, 0, preemption, 10_000_000, Optional.empty()));
    }

    /// Runs until it is stopped or released, and says from where it went on.
    private Object longWork(dev.ropewalk.tool.ToolCall call) throws InterruptedException {
        Object from = call.checkpoint().orElse("the start");
        order.add("long from " + from);
        call.saveCheckpoint("the middle");
        entered.countDown();
        if (from.equals("the start")) {
            release.await();
        }
        return from;
    }

    private ExecutionPlan longPlan(boolean preemptible, OnLost onLost, boolean preemption) {
        return plan("long", preemption)
                .task("long", t -> {
                    t.tool("long").resource("cpu", "1").priority(Priority.LOW).onLost(onLost);
                    if (preemptible) {
                        t.preemptible();
                    }
                })
                .result(resultOf("long"))
                .build();
    }

    private static ExecutionPlan urgentPlan(boolean preemption) {
        return plan("urgent", preemption)
                .task("urgent", t -> t.tool("urgent").resource("cpu", "1").priority(Priority.CRITICAL))
                .build();
    }

    private void registerTools() {
        engine.tools().register("long", this::longWork);
        engine.tools().register("urgent", _ -> order.add("urgent"));
    }

    @Test
    void an_attempt_gives_way_to_a_task_of_higher_priority_and_goes_on_from_what_it_saved() throws Exception {
        registerTools();
        CompletableFuture<ExecutionResult> preempted = engine.execute(longPlan(true, OnLost.RERUN, true));
        entered.await();

        ExecutionResult urgent = engine.execute(urgentPlan(true)).join();
        ExecutionResult result = preempted.join();

        assertThat(urgent.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(order).containsExactly("long from the start", "urgent", "long from the middle");
        assertThat(result.result()).isEqualTo("the middle");
        assertThat(result.timeline().get())
                .filteredOn(event -> event.type() == ExecutionEventType.ATTEMPT_STOPPED)
                .singleElement()
                .extracting(ExecutionEvent::description)
                .asString()
                .contains("give way");
        assertThat(result.timeline().get())
                .extracting(ExecutionEvent::type)
                .doesNotContain(ExecutionEventType.ATTEMPT_FAILED);
    }

    @Test
    void a_task_that_is_made_urgent_while_it_waits_has_others_give_way() throws Exception {
        registerTools();
        CompletableFuture<ExecutionResult> preempted = engine.execute(longPlan(true, OnLost.RERUN, true));
        entered.await();
        ExecutionPlan patient = plan("patient", true)
                .task("urgent", t -> t.tool("urgent").resource("cpu", "1").priority(Priority.LOW))
                .build();
        String id = engine.submit(patient).join().executionId();
        CompletableFuture<ExecutionResult> waiting = engine.completion(id);
        assertThat(engine.progress().runningTasks()).isEqualTo(1);

        engine.order().reprioritise(id, "urgent", Priority.CRITICAL);

        assertThat(waiting.join().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(preempted.join().result()).isEqualTo("the middle");
        assertThat(order).containsExactly("long from the start", "urgent", "long from the middle");
    }

    @ParameterizedTest
    @CsvSource({"false, RERUN, true", "true, RERUN, false", "true, UNKNOWN, true"})
    void nothing_gives_way_that_may_not_or_whose_pool_does_not_let_it(
            boolean preemptible, OnLost onLost, boolean preemption) throws Exception {
        registerTools();
        CompletableFuture<ExecutionResult> running = engine.execute(longPlan(preemptible, onLost, preemption));
        entered.await();
        CompletableFuture<ExecutionResult> urgent = engine.execute(urgentPlan(preemption));
        assertThat(engine.progress().runningTasks()).isEqualTo(1);
        release.countDown();

        assertThat(running.join().result()).isEqualTo("the start");
        assertThat(urgent.join().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(order).containsExactly("long from the start", "urgent");
    }
}
