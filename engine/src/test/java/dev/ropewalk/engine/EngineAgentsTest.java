package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentBuilder;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.agents.AgentLostException;
import dev.ropewalk.agents.AgentStatus;
import dev.ropewalk.agents.AgentStatus.State;
import dev.ropewalk.agents.RemoteAgent;
import dev.ropewalk.plan.AgentRequirement;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlanBuilder;
import dev.ropewalk.tool.ToolCall;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Attempts run by agents that come, work, fall ill and go.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineAgentsTest {

    private final ExecutionEngine engine = ExecutionEngine.builder()
            .store("memory:")
            .grace(Duration.ofMillis(500))
            .open();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    /// Says who did it.
    private static AgentBuilder writer(String name) {
        return Agent.named(name).type("writer").tool("write", _ -> name);
    }

    private AgentBuilder hangingWriter(String name) {
        return Agent.named(name).type("writer").tool("write", _ -> {
            entered.countDown();
            release.await();
            return name;
        });
    }

    private static AgentRequirement writers(String sticky) {
        return new AgentRequirement("writer", Map.of(), sticky);
    }

    private ExecutionResult run(PlanBuilder plan) {
        return engine.execute(plan.build()).join();
    }

    private static List<Object> agents(ExecutionResult result) {
        return result.timeline().get().stream()
                .filter(event -> event.type() == ExecutionEventType.TASK_STARTED)
                .map(event -> event.data().get("agent"))
                .toList();
    }

    @Test
    void a_tool_of_agents_is_called_like_any_other() {
        engine.agents().register(writer("anna"));

        ExecutionResult result =
                run(ExecutionPlan.named("p").task("draft", t -> t.tool("write")).result(resultOf("draft")));

        assertThat(result.result()).isEqualTo("anna");
        assertThat(agents(result)).containsExactly("anna");
        assertThat(engine.history().tasks(result.executionId(), List.of(), 10))
                .singleElement()
                .satisfies(task -> assertThat(task.metrics().agent()).contains("anna"));
        assertThat(result.timeline().get())
                .extracting(ExecutionEvent::description)
                .contains("started, by agent anna");
    }

    @Test
    void a_task_gets_an_agent_that_meets_what_it_asks_for() {
        engine.agents().register(writer("ben").speed(100));
        engine.agents().register(writer("anna").capability("german", 0.9));

        ExecutionResult result = run(ExecutionPlan.named("p")
                .task("any", t -> t.tool("write").agent(writers("")))
                .task(
                        "german",
                        t -> t.tool("write").after("any").agent(writers("").with("german", 800)))
                .result(resultOf("german")));

        assertThat(agents(result)).containsExactly("ben", "anna");
        assertThat(result.result()).isEqualTo("anna");
    }

    @Test
    void an_agent_may_run_tools_of_the_engine() {
        engine.tools().register("echo", call -> call.arguments().get("text"));
        engine.agents().register(Agent.named("runner").type("worker").runs("echo"));

        ExecutionResult result = run(ExecutionPlan.named("p")
                .task("by", t -> t.tool("echo").with("text", "one").agent(AgentRequirement.ofType("worker")))
                .task("without", t -> t.tool("echo").with("text", "two").after("by"))
                .result(resultOf("by")));

        assertThat(result.result()).isEqualTo("one");
        assertThat(agents(result)).containsExactly("runner", null);
    }

    @Test
    void a_sequential_agent_gets_one_task_at_a_time_and_others_as_many_as_they_take() {
        engine.agents().register(counting("one"));
        ExecutionResult result = run(many(20));
        assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(most).hasValue(1);

        together = new CountDownLatch(2);
        engine.agents().register(counting("three").capacity(3));
        assertThat(run(many(20)).status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(most.get()).isBetween(2, 4);
        assertThat(engine.agents().list()).allMatch(status -> status.running() == 0);
    }

    /// How many calls wait for each other.
    private volatile CountDownLatch together = new CountDownLatch(0);

    private AgentBuilder counting(String name) {
        return Agent.named(name).tool("count", _ -> {
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            together.countDown();
            together.await();
            engine.progress(); // the loop has had its turn: had another been allowed to start, it would have
            working.decrementAndGet();
            return name;
        });
    }

    private static PlanBuilder many(int tasks) {
        PlanBuilder plan = ExecutionPlan.named("many");
        for (int i = 0; i < tasks; i++) {
            plan.task("t" + i, t -> t.tool("count"));
        }
        return plan;
    }

    @Test
    void tasks_of_one_key_go_to_the_same_agent() {
        engine.agents().register(writer("anna").capacity(10));
        engine.agents().register(writer("ben").capacity(10));
        engine.agents().register(writer("cleo").capacity(10));
        PlanBuilder plan = ExecutionPlan.named("p");
        for (int i = 0; i < 12; i++) {
            String key = "book-" + i % 3;
            plan.task("t" + i, t -> t.tool("write").agent(writers(key)));
        }
        ExecutionResult result = run(plan);

        Map<String, List<ExecutionEvent>> byKey = result.timeline().get().stream()
                .filter(event -> event.type() == ExecutionEventType.TASK_STARTED)
                .collect(java.util.stream.Collectors.groupingBy(event ->
                        "" + Integer.parseInt(event.taskId().orElseThrow().substring(1)) % 3));
        assertThat(byKey.values())
                .allSatisfy(events -> assertThat(events.stream()
                                .map(event -> event.data().get("agent"))
                                .distinct())
                        .hasSize(1));
    }

    @Test
    void a_task_that_was_ready_before_its_tool_was_one_of_agents_holds_up_no_other() throws Exception {
        try (ExecutionEngine narrow =
                ExecutionEngine.builder().store("memory:").maxParallel(1).open()) {
            narrow.tools().register("hang", _ -> {
                entered.countDown();
                release.await();
                return "free";
            });
            narrow.tools().register("other", _ -> "other");
            narrow.submit(ExecutionPlan.named("first")
                            .task("hang", t -> t.tool("hang"))
                            .build())
                    .join();
            entered.await();
            CompletableFuture<ExecutionResult> early = narrow.execute(ExecutionPlan.named("early")
                    .task("draft", t -> t.tool("write"))
                    .build());
            CompletableFuture<ExecutionResult> other = narrow.execute(ExecutionPlan.named("other")
                    .task("other", t -> t.tool("other"))
                    .result(resultOf("other"))
                    .build());
            narrow.agents().register(writer("anna"));
            narrow.agents().drain("anna").join();
            release.countDown();

            assertThat(other.join().result()).isEqualTo("other");
            assertThat(early.join().status()).isEqualTo(ExecutionStatus.FAILED);
        }
    }

    @Test
    void a_task_waits_for_an_agent_that_comes_later() {
        engine.agents().register(writer("anna"));
        engine.agents().unregister("anna");
        CompletableFuture<ExecutionResult> end = engine.execute(ExecutionPlan.named("p")
                .task("draft", t -> t.tool("write").agent(writers("")))
                .result(resultOf("draft"))
                .build());
        assertThat(engine.agents().list()).isEmpty();
        Awaitility.await().until(() -> !engine.agents().waiting().isEmpty());
        assertThat(engine.agents().waiting()).singleElement().satisfies(wait -> {
            assertThat(wait.what()).isEqualTo("agent of type writer that offers write");
            assertThat(wait.reason()).contains("there are no agents");
            assertThat(wait.until()).isEmpty();
        });
        assertThat(end).isNotDone();

        engine.agents().register(writer("ben"));

        assertThat(end.join().result()).isEqualTo("ben");
        assertThat(engine.agents().waiting()).isEmpty();
    }

    @Test
    void a_task_waits_for_a_faster_agent_and_says_so() throws Exception {
        engine.agents().register(writer("slow"));
        engine.agents().register(hangingWriter("fast").speed(1_000));
        CompletableFuture<ExecutionResult> first = engine.execute(ExecutionPlan.named("p")
                .task("draft", t -> t.tool("write").estimatedDuration(Duration.ofHours(4)))
                .build());
        entered.await();
        CompletableFuture<ExecutionResult> second = engine.execute(ExecutionPlan.named("p")
                .task("draft", t -> t.tool("write").estimatedDuration(Duration.ofHours(4)))
                .build());
        Awaitility.await().until(() -> !engine.agents().waiting().isEmpty());

        assertThat(engine.agents().waiting()).singleElement().satisfies(wait -> {
            assertThat(wait.reason()).isEqualTo("waits for the faster agent fast");
            assertThat(wait.until()).isPresent();
        });
        release.countDown();
        assertThat(agents(first.join())).containsExactly("fast");
        assertThat(agents(second.join())).containsExactly("fast");
    }

    @Test
    void what_an_agent_runs_that_is_unregistered_starts_again_elsewhere_without_a_retry() throws Exception {
        engine.agents().register(hangingWriter("anna"));
        CompletableFuture<ExecutionResult> end = engine.execute(ExecutionPlan.named("p")
                .task("draft", t -> t.tool("write"))
                .result(resultOf("draft"))
                .build());
        entered.await();
        engine.agents().unregister("anna");
        engine.agents().register(writer("ben"));

        ExecutionResult result = end.join();

        assertThat(result.result()).isEqualTo("ben");
        assertThat(agents(result)).containsExactly("anna", "ben");
        assertThat(result.timeline().get())
                .extracting(ExecutionEvent::type)
                .contains(ExecutionEventType.ATTEMPT_STOPPED)
                .doesNotContain(ExecutionEventType.ATTEMPT_FAILED);
    }

    @Test
    void an_agent_that_is_lost_in_a_call_costs_no_retry() {
        AtomicBoolean lost = new AtomicBoolean();
        engine.agents().register(Agent.named("anna").speed(10).tool("write", _ -> {
            if (lost.getAndSet(true)) {
                return "anna";
            }
            throw new AgentLostException("the line is dead");
        }));

        ExecutionResult result =
                run(ExecutionPlan.named("p").task("draft", t -> t.tool("write")).result(resultOf("draft")));

        assertThat(result.result()).isEqualTo("anna");
        assertThat(agents(result)).hasSize(2);
        assertThat(engine.agents().status("anna").orElseThrow().running()).isZero();
    }

    @Test
    void a_draining_agent_ends_what_it_runs() throws Exception {
        engine.agents().register(hangingWriter("anna"));
        CompletableFuture<ExecutionResult> end = engine.execute(ExecutionPlan.named("p")
                .task("draft", t -> t.tool("write"))
                .task("next", t -> t.tool("write").after("draft"))
                .result(resultOf("next"))
                .build());
        entered.await();
        CompletableFuture<Void> drained = engine.agents().drain("anna");
        assertThat(engine.agents().status("anna").orElseThrow().state()).isEqualTo(State.DRAINING);
        assertThat(drained).isNotDone();

        release.countDown();
        drained.join();
        assertThat(end).isNotDone();
        engine.agents().register(writer("ben"));

        ExecutionResult result = end.join();
        assertThat(agents(result)).containsExactly("anna", "ben");
    }

    @Test
    void a_draining_agent_can_be_taken_back() {
        engine.agents().register(writer("anna"));
        engine.agents().drain("anna").join();
        CompletableFuture<ExecutionResult> end = engine.execute(
                ExecutionPlan.named("p").task("draft", t -> t.tool("write")).build());
        engine.agents().resume("anna");

        assertThat(end.join().status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void what_an_agent_runs_that_falls_silent_starts_again_elsewhere() {
        AtomicBoolean alive = new AtomicBoolean(true);
        AgentDescriptor anna = hangingWriter("anna")
                .speed(10)
                .heartbeat(Duration.ofMillis(90))
                .build()
                .describe();
        Agent body = hangingWriter("anna").build();
        engine.agents().register(new Agent() {
            @Override
            public AgentDescriptor describe() {
                return anna;
            }

            @Override
            public ToolResult execute(String tool, ToolCall call) throws Exception {
                alive.set(false);
                return body.execute(tool, call);
            }

            @Override
            public boolean isAlive() {
                return alive.get();
            }
        });
        engine.agents().register(writer("ben"));

        ExecutionResult result =
                run(ExecutionPlan.named("p").task("draft", t -> t.tool("write")).result(resultOf("draft")));

        assertThat(result.result()).isEqualTo("ben");
        assertThat(agents(result)).containsExactly("anna", "ben");
        assertThat(engine.agents().status("anna").orElseThrow().state()).isEqualTo(State.OFFLINE);
        assertThat(engine.agents().status("anna").orElseThrow().running()).isZero();
    }

    @Test
    void success_and_speed_are_measured() {
        engine.agents().register(Agent.named("anna").tool("write", call -> {
            if (call.attempt() == 1) {
                throw ToolException.retryable("IO", "no ink");
            }
            return "done";
        }));
        assertThat(run(ExecutionPlan.named("p")
                                .task("draft", t -> t.tool("write").retry(1)))
                        .status())
                .isEqualTo(ExecutionStatus.COMPLETED);

        List<AgentStatus.Measure> measures =
                engine.agents().status("anna").orElseThrow().measures();

        assertThat(measures).singleElement().satisfies(measure -> {
            assertThat(measure.tool()).isEqualTo("write");
            assertThat(measure.calls()).isEqualTo(2);
            assertThat(measure.successRate()).isBetween(0.9, 0.95);
            assertThat(measure.speed()).isPositive();
        });
    }

    @Test
    void a_remote_agent_is_told_when_the_attempt_is_to_stop() {
        CompletableFuture<ToolResult> answer = new CompletableFuture<>();
        AtomicInteger cancelled = new AtomicInteger();
        AgentDescriptor far = writer("far").build().describe();
        engine.agents().register(new RemoteAgent() {
            @Override
            public AgentDescriptor describe() {
                return far;
            }

            @Override
            public CompletionStage<ToolResult> send(String tool, ToolCall call) {
                return answer;
            }

            @Override
            public void cancel(ToolCall call) {
                cancelled.incrementAndGet();
            }
        });

        ExecutionResult result =
                run(ExecutionPlan.named("p").task("draft", t -> t.tool("write").timeout(Duration.ofMillis(50))));

        assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(cancelled).hasValue(1);
        Awaitility.await()
                .until(() -> engine.agents().status("far").orElseThrow().running() == 0);
    }

    @Test
    void a_cancelled_execution_frees_its_agents() throws Exception {
        engine.agents().register(hangingWriter("anna"));
        String id = engine.submit(ExecutionPlan.named("p")
                        .task("draft", t -> t.tool("write"))
                        .build())
                .join()
                .executionId();
        entered.await();

        engine.cancel(id, "enough").join();

        assertThat(engine.completion(id).join().status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(engine.agents().status("anna").orElseThrow().state()).isEqualTo(State.AVAILABLE);
    }
}
