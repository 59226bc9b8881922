package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.CallOptions;
import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.PartialFailureException;
import dev.ropewalk.Submission;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.TaskResult;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolDescriptor;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineRunTest {

    private ExecutionEngine engine;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch entered = new CountDownLatch(1);
    private final AtomicInteger stopped = new AtomicInteger();

    @BeforeEach
    void open() {
        engine = ExecutionEngine.builder().grace(Duration.ofMillis(500)).open();
        engine.tools().register("echo", call -> call.arguments());
        engine.tools().register("fail", call -> {
            throw ToolException.permanent("BROKEN", "it broke");
        });
        engine.tools().register("hang", call -> {
            call.onCancel(stopped::incrementAndGet);
            entered.countDown();
            release.await();
            return null;
        });
    }

    @AfterEach
    void close() {
        release.countDown();
        engine.close();
    }

    private static RetryPolicy at_once(int retries) {
        return RetryPolicy.of(retries).withDelay(Duration.ofMillis(1)).withJitter(0);
    }

    @Test
    void a_result_flows_from_task_to_task_and_becomes_the_plan_s_result() {
        ExecutionPlan plan = ExecutionPlan.named("flow")
                .task("first", t -> t.tool("echo").with("x", 1))
                .task("second", t -> t.tool("echo").with("seen", resultOf("first")))
                .result(resultOf("second"))
                .build();

        ExecutionResult result = engine.execute(plan).join();

        assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(result.orElseThrow()).isEqualTo(Map.of("seen", Map.of("x", 1L)));
        assertThat(result.planId()).isEqualTo("flow");
        assertThat(result.startedAt()).isPresent();
        assertThat(result.metrics().successRate()).hasValue(1.0);
        assertThat(result.timeline().get().getFirst().id()).isEqualTo("1.0");
        assertThat(result.timeline().get().getLast().description()).isEqualTo("execution completed");
    }

    @Test
    void expressions_are_evaluated_by_what_the_engine_was_given() {
        ExecutionPlan plan = ExecutionPlan.named("asked")
                .task("a", t -> t.tool("echo").with("x", expression("anything")))
                .result(resultOf("a"))
                .build((_, _, _) -> new ExpressionLanguage.Analysis(List.of(), false, List.of()));

        try (ExecutionEngine given = ExecutionEngine.builder()
                .expressions((source, _) -> "value of " + source)
                .open()) {
            given.tools().register("echo", call -> call.arguments());
            assertThat(given.execute(plan).join().orElseThrow()).isEqualTo(Map.of("x", "value of anything"));
        }
    }

    @Test
    void a_failure_carries_what_was_skipped_because_of_it_and_what_completed() {
        ExecutionPlan plan = ExecutionPlan.named("partly")
                .step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("good", t -> t.tool("echo").with("x", 1))
                                .task("bad", t -> t.tool("fail"))
                                .task("after", t -> t.tool("echo").after("bad")))
                .build();

        ExecutionResult result = engine.execute(plan).join();

        assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.taskId()).isEqualTo("bad");
            assertThat(failure.status()).isEqualTo(TaskStatus.FAILED);
            assertThat(failure.error().orElseThrow().code()).isEqualTo("BROKEN");
            assertThat(failure.skipped()).containsExactly("after");
        });
        assertThat(result.partialResults()).isEqualTo(Map.of("good", Map.of("x", 1L)));
        assertThatThrownBy(result::orElseThrow).isInstanceOfSatisfying(PartialFailureException.class, e -> {
            assertThat(e.failedTasks()).extracting(TaskResult::taskId).containsExactly("bad");
            assertThat(e.partialResults()).containsKey("good");
            assertThat(e.result()).isSameAs(result);
        });
    }

    @Test
    void partial_results_beyond_a_total_size_are_named_and_not_read() {
        engine.tools().register("page", _ -> "x".repeat(30_000));
        ExecutionPlan plan = ExecutionPlan.named("much")
                .step("main", s -> {
                    s.onError(OnError.CONTINUE).task("bad", t -> t.tool("fail"));
                    for (int i = 0; i < 700; i++) {
                        s.task("page" + i, t -> t.tool("page"));
                    }
                })
                .build();

        ExecutionResult result = engine.execute(plan).join();

        assertThat(result.partialResults()).hasSize(16 * 1024 * 1024 / 30_002).containsKey("page0");
        assertThat(result.omittedResults())
                .hasSize(700 - result.partialResults().size())
                .contains("page699");
    }

    @Test
    void a_failed_attempt_is_retried_with_the_same_idempotency_key() {
        List<String> keys = new java.util.concurrent.CopyOnWriteArrayList<>();
        engine.tools().register("flaky", call -> {
            keys.add(call.idempotencyKey());
            if (call.attempt() < 3) {
                throw new java.io.IOException("not yet");
            }
            return call.attempt();
        });
        ExecutionPlan plan = ExecutionPlan.named("retry")
                .task("t", t -> t.tool("flaky").retry(at_once(5)))
                .result(resultOf("t"))
                .build();

        ExecutionResult result =
                engine.execute(plan, SubmitOptions.DEFAULT.withId("r1")).join();

        assertThat(result.result()).isEqualTo(3L);
        assertThat(keys).containsExactly("r1/t/0", "r1/t/0", "r1/t/0");
    }

    @Test
    void an_attempt_that_takes_too_long_is_told_to_stop_and_counts_as_timed_out() {
        ExecutionPlan plan = ExecutionPlan.named("slow")
                .task("t", t -> t.tool("hang").timeout(Duration.ofSeconds(1)))
                .build();

        ExecutionResult result = engine.execute(plan).join();

        assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(result.failures().getFirst().status()).isEqualTo(TaskStatus.TIMED_OUT);
        assertThat(stopped).hasValue(1);
    }

    @Test
    void an_attempt_that_ignores_its_end_is_given_up_after_the_grace() throws Exception {
        engine.tools().register("deaf", call -> {
            entered.countDown();
            boolean done = false;
            while (!done) {
                try {
                    release.await();
                    done = true;
                } catch (InterruptedException e) {
                    stopped.incrementAndGet();
                }
            }
            return null;
        });
        ExecutionPlan plan =
                ExecutionPlan.named("deaf").task("t", t -> t.tool("deaf")).build();
        String id = engine.submit(plan).join().executionId();
        CompletableFuture<ExecutionResult> end = engine.completion(id);
        entered.await();

        engine.cancel(id, "enough").join();

        assertThat(end.join().status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(stopped).hasValue(1);
    }

    @Test
    void cancelling_stops_the_search_for_a_tool_whose_server_does_not_start() throws Exception {
        engine.tools().add(new ToolProvider() {
            @Override
            public Optional<Tool> find(String name) throws ToolException {
                if (!mayHave(name)) {
                    return Optional.empty();
                }
                entered.countDown();
                try {
                    release.await();
                    return Optional.empty();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw ToolException.retryable("INTERRUPTED", "told to stop").causedBy(e);
                }
            }

            @Override
            public List<ToolDescriptor> list(Consumer<String> problems) {
                return List.of();
            }

            @Override
            public boolean mayHave(String name) {
                return name.equals("slow:tool");
            }

            @Override
            public void close() {}
        });
        ExecutionPlan plan =
                ExecutionPlan.named("slow").task("t", t -> t.tool("slow:tool")).build();
        String id = engine.submit(plan).join().executionId();
        CompletableFuture<ExecutionResult> end = engine.completion(id);
        entered.await();

        engine.cancel(id, "enough").join();

        assertThat(end.join().status()).isEqualTo(ExecutionStatus.CANCELLED);
    }

    @Test
    void cancelling_stops_what_runs_and_starts_nothing_more() throws Exception {
        ExecutionPlan plan = ExecutionPlan.named("cancel")
                .task("t", t -> t.tool("hang"))
                .task("next", t -> t.tool("echo").after("t"))
                .build();
        String id = engine.submit(plan).join().executionId();
        CompletableFuture<ExecutionResult> end = engine.completion(id);
        entered.await();

        engine.cancel(id, "enough").join();

        ExecutionResult result = end.join();
        assertThat(result.status()).isEqualTo(ExecutionStatus.CANCELLED);
        assertThat(result.error().orElseThrow().message()).isEqualTo("enough");
        assertThat(engine.history().tasks(id, List.of(), 10))
                .extracting(task -> task.status())
                .containsExactly(TaskStatus.CANCELLED, TaskStatus.CANCELLED);
        assertThatThrownBy(() -> engine.cancel(id, "again").join()).hasMessageContaining("has ended");
        assertThatThrownBy(() -> engine.cancel("nobody", "x").join()).hasMessageContaining("no execution");
    }

    @Test
    void the_same_key_and_body_give_the_same_execution_and_another_body_is_refused() {
        ExecutionPlan plan =
                ExecutionPlan.named("a").task("t", t -> t.tool("echo")).build();
        ExecutionPlan other =
                ExecutionPlan.named("b").task("t", t -> t.tool("echo")).build();
        SubmitOptions keyed = SubmitOptions.DEFAULT.withKey("k");

        Submission first = engine.submit(plan, keyed).join();
        engine.completion(first.executionId()).join();
        Submission again = engine.submit(plan, keyed).join();

        assertThat(first.known()).isFalse();
        assertThat(again).isEqualTo(new Submission(first.executionId(), true));
        assertThatThrownBy(() -> engine.submit(other, keyed).join())
                .hasCauseInstanceOf(EngineException.class)
                .hasMessageContaining("with another plan");
    }

    @Test
    void an_id_can_be_chosen_once() {
        ExecutionPlan plan =
                ExecutionPlan.named("a").task("t", t -> t.tool("echo")).build();
        ExecutionPlan other =
                ExecutionPlan.named("b").task("t", t -> t.tool("echo")).build();
        SubmitOptions mine = SubmitOptions.DEFAULT.withId("mine");

        engine.execute(plan, mine).join();

        assertThat(engine.submit(plan, mine).join().known()).isTrue();
        assertThatThrownBy(() -> engine.submit(other, mine).join()).hasMessageContaining("\"mine\"");
        assertThatThrownBy(() -> engine.submit(plan, SubmitOptions.DEFAULT.withId("../x"))
                        .join())
                .hasMessageContaining("cannot be the id");
        assertThatThrownBy(() ->
                        engine.submit(plan, SubmitOptions.DEFAULT.withKey("")).join())
                .hasMessageContaining("1 to 256 characters");
    }

    @Test
    void metadata_and_tags_are_kept_and_found() {
        ExecutionPlan plan = ExecutionPlan.named("tagged")
                .tags("nightly")
                .metadata("team", "red")
                .task("t", t -> t.tool("echo"))
                .build();
        SubmitOptions options = new SubmitOptions(
                Optional.of("x1"),
                Optional.empty(),
                List.of("urgent"),
                Payload.json("{\"ticket\":7}"),
                Optional.empty());

        engine.execute(plan, options).join();

        assertThat(engine.history().execution("x1").orElseThrow()).satisfies(row -> {
            assertThat(row.tags()).containsExactly("nightly", "urgent");
            assertThat(row.metadata()).isEqualTo(Map.of("team", "red", "ticket", 7L));
        });
        SubmitOptions wrong =
                new SubmitOptions(Optional.empty(), Optional.empty(), List.of(), Payload.json("[1]"), Optional.empty());
        assertThatThrownBy(() -> engine.submit(plan, wrong).join()).hasMessageContaining("must be a JSON object");
    }

    @Test
    void one_tool_can_be_called_alone() {
        ExecutionResult result = engine.call(
                        "echo",
                        Map.of("a", List.of(1, 2)),
                        new CallOptions(SubmitOptions.DEFAULT, at_once(1), Optional.of(Duration.ofSeconds(5))))
                .join();

        assertThat(result.result()).isEqualTo(Map.of("a", List.of(1L, 2L)));
        assertThat(engine.call("nothing", Map.of())
                        .join()
                        .failures()
                        .getFirst()
                        .error()
                        .orElseThrow()
                        .code())
                .isEqualTo("TOOL_NOT_FOUND");
    }

    @Test
    void what_a_tool_throws_becomes_a_failure_with_a_code() {
        engine.tools().register("odd", call -> new Object());
        engine.tools().register("deep", call -> {
            throw new StackOverflowError();
        });
        engine.tools().register("bare", call -> {
            throw new IllegalStateException();
        });

        assertThat(codeOf("odd")).isEqualTo("INVALID_VALUE");
        assertThat(codeOf("deep")).isEqualTo("TOOL_ERROR");
        assertThat(codeOf("bare")).isEqualTo("TOOL_ERROR");
    }

    private String codeOf(String tool) {
        return engine.call(tool, Map.of())
                .join()
                .failures()
                .getFirst()
                .error()
                .orElseThrow()
                .code();
    }

    @Test
    void status_and_progress_are_known_while_it_runs_and_after() throws Exception {
        ExecutionPlan plan = ExecutionPlan.named("two")
                .task("t", t -> t.tool("hang"))
                .task("u", t -> t.tool("echo").after("t"))
                .build();
        String id = engine.submit(plan).join().executionId();
        entered.await();

        assertThat(engine.status(id)).contains(ExecutionStatus.RUNNING);
        assertThat(engine.progress(id).orElseThrow()).satisfies(progress -> {
            assertThat(progress.totalTasks()).isEqualTo(2);
            assertThat(progress.runningTasks()).isEqualTo(1);
            assertThat(progress.currentPhase()).isEqualTo("main");
        });
        assertThat(engine.progress().totalTasks()).isEqualTo(2);
        assertThat(engine.result(id)).isEmpty();

        release.countDown();
        engine.completion(id).join();

        assertThat(engine.status(id)).contains(ExecutionStatus.COMPLETED);
        assertThat(engine.progress(id)).isEmpty();
        assertThat(engine.result(id).orElseThrow().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(engine.status("nobody")).isEmpty();
        assertThatThrownBy(() -> engine.completion("nobody").join()).isInstanceOf(CompletionException.class);
    }

    @Test
    void more_executions_than_may_wait_are_refused_and_leave_no_trace() throws Exception {
        engine.close();
        engine = ExecutionEngine.builder()
                .options(new dev.ropewalk.EngineOptions(
                        1, 1, 1, 100, Duration.ofSeconds(1), 1024, 1024, 4096, 10, java.nio.file.Path.of("target")))
                .open();
        engine.tools().register("hang", call -> {
            entered.countDown();
            release.await();
            return null;
        });
        ExecutionPlan plan =
                ExecutionPlan.named("w").task("t", t -> t.tool("hang")).build();
        String first = engine.submit(plan).join().executionId();
        String second = engine.submit(plan).join().executionId();
        entered.await();

        assertThatThrownBy(() -> engine.submit(plan, SubmitOptions.DEFAULT.withId("third"))
                        .join())
                .hasCauseInstanceOf(EngineException.class)
                .hasMessageContaining("waiting to start");

        assertThat(engine.history().execution("third")).isEmpty();
        assertThat(engine.status(second)).contains(ExecutionStatus.PENDING);
        release.countDown();
        assertThat(engine.completion(first).join().status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(engine.completion(second).join().status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void closing_the_engine_fails_what_still_waits_and_refuses_what_comes_after() throws Exception {
        ExecutionPlan plan =
                ExecutionPlan.named("w").task("t", t -> t.tool("hang")).build();
        CompletableFuture<ExecutionResult> end = engine.execute(plan);
        entered.await();

        engine.close();

        assertThatThrownBy(end::join).hasMessageContaining("closed before");
        Awaitility.await().until(() -> stopped.get() == 1);
    }

    @Test
    void a_closed_engine_answers_every_question_with_that() {
        ExecutionPlan plan =
                ExecutionPlan.named("late").task("t", t -> t.tool("echo")).build();
        String id = engine.submit(plan).join().executionId();
        engine.completion(id).join();

        engine.close();

        assertThatThrownBy(() -> engine.submit(plan).join()).hasMessageContaining("the engine is closed");
        assertThatThrownBy(() -> engine.execute(plan).join()).hasMessageContaining("the engine is closed");
        assertThatThrownBy(() -> engine.completion(id).join()).hasMessageContaining("the engine is closed");
        assertThatThrownBy(() -> engine.cancel(id, "late").join()).hasMessageContaining("the engine is closed");
        assertThatThrownBy(() -> engine.status(id))
                .isInstanceOfSatisfying(
                        EngineException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_CLOSED"));
        assertThatThrownBy(() -> engine.progress()).isInstanceOf(EngineException.class);
    }
}
