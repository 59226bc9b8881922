package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.History;
import dev.ropewalk.Submission;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.tool.ToolFunction;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineStoreTest {

    private final KeptStore store = new KeptStore();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger firstRuns = new AtomicInteger();

    private ExecutionEngine open(boolean resumeAll, ToolFunction hang) {
        ExecutionEngine engine = ExecutionEngine.builder()
                .store(store)
                .grace(Duration.ofMillis(300))
                .resumeAll(resumeAll)
                .open();
        engine.tools().register("count", _ -> (long) firstRuns.incrementAndGet());
        engine.tools().register("hang", hang);
        return engine;
    }

    private Object hanging(dev.ropewalk.tool.ToolCall call) throws InterruptedException {
        entered.countDown();
        release.await();
        return "done by attempt " + call.attempt();
    }

    private static ExecutionPlan twoTasks(OnLost onLost) {
        return ExecutionPlan.named("two")
                .task("first", t -> t.tool("count"))
                .task("second", t -> t.tool("hang").after("first").onLost(onLost))
                .result(resultOf("second"))
                .build();
    }

    @Test
    void what_an_engine_left_unfinished_goes_on_in_the_next_and_nothing_completed_runs_again() throws Exception {
        ExecutionEngine before = open(false, this::hanging);
        String id = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        before.close();
        release.countDown();

        try (ExecutionEngine after = open(false, this::hanging)) {
            assertThat(after.status(id)).contains(ExecutionStatus.RUNNING);
            CompletableFuture<ExecutionResult> end = after.completion(id);
            assertThat(after.resume(id).join()).isEqualTo(new Submission(id, false));
            ExecutionResult result = end.join();

            assertThat(result.result()).isEqualTo("done by attempt 2");
            assertThat(firstRuns).hasValue(1);
            assertThat(result.timeline().get())
                    .extracting(ExecutionEvent::type)
                    .contains(ExecutionEventType.ATTEMPT_STOPPED, ExecutionEventType.RECOVERY_INITIATED);
            assertThat(result.timeline().get()).extracting(ExecutionEvent::seq).isSorted();
            assertThat(after.resume(id).join().known()).isTrue();
            assertThatThrownBy(() -> after.resume("nobody").join()).hasMessageContaining("no execution");
        }
    }

    @Test
    void what_a_stopped_attempt_saved_is_there_for_the_next() throws Exception {
        ToolFunction copying = call -> {
            Object done = call.checkpoint().orElse("nothing");
            call.saveCheckpoint(Map.of("rows", 7L));
            return call.attempt() == 1 ? hanging(call) : done;
        };
        ExecutionEngine before = open(false, copying);
        String id = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        before.close();
        release.countDown();

        try (ExecutionEngine after = open(false, copying)) {
            CompletableFuture<ExecutionResult> end = after.completion(id);
            after.resume(id).join();
            assertThat(end.join().result()).isEqualTo(Map.of("rows", 7L));
        }
    }

    @Test
    void a_checkpoint_that_cannot_be_recorded_lets_the_next_attempt_begin_anew() throws Exception {
        ToolFunction copying = call -> {
            call.saveCheckpoint(new Object());
            return call.attempt() == 1 ? hanging(call) : call.checkpoint().orElse("anew");
        };
        ExecutionEngine before = open(false, copying);
        String id = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        before.close();
        release.countDown();

        try (ExecutionEngine after = open(false, copying)) {
            CompletableFuture<ExecutionResult> end = after.completion(id);
            after.resume(id).join();
            assertThat(end.join().result()).isEqualTo("anew");
        }
    }

    @Test
    void opening_an_engine_goes_on_with_everything_unless_it_is_told_not_to() throws Exception {
        ExecutionEngine before = open(false, this::hanging);
        String id = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        before.close();
        release.countDown();

        try (ExecutionEngine after = ExecutionEngine.builder()
                .store(store)
                .grace(Duration.ofMillis(300))
                .resumeAll(true)
                .open()) {
            // The tools are registered after the first attempt was made: until then there is none.
            assertThat(after.completion(id).join().status()).isIn(ExecutionStatus.FAILED, ExecutionStatus.COMPLETED);
        }
    }

    @Test
    void an_attempt_whose_outcome_is_not_known_fails_its_task_if_the_plan_says_so() throws Exception {
        ExecutionEngine before = open(false, this::hanging);
        String id = before.submit(twoTasks(OnLost.UNKNOWN)).join().executionId();
        CompletableFuture<ExecutionResult> end = before.completion(id);
        entered.await();

        before.close();

        assertThat(store.execution("", id).orElseThrow().status()).isEqualTo("FAILED");
        assertThat(end)
                .isCompletedWithValueMatching(result -> result.failures()
                        .getFirst()
                        .error()
                        .orElseThrow()
                        .code()
                        .equals("OUTCOME_UNKNOWN"));
    }

    @Test
    void a_stored_execution_that_nobody_runs_can_be_cancelled() throws Exception {
        ExecutionEngine before = open(false, this::hanging);
        String id = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        before.close();

        try (ExecutionEngine after = open(false, this::hanging)) {
            CompletableFuture<ExecutionResult> end = after.completion(id);
            after.cancel(id, "not wanted").join();
            assertThat(end.join().status()).isEqualTo(ExecutionStatus.CANCELLED);
        }
    }

    @Test
    void with_no_space_left_nothing_is_lost_and_submits_are_refused_until_there_is_space() throws Exception {
        try (ExecutionEngine engine = open(false, this::hanging)) {
            CompletableFuture<ExecutionResult> end = engine.execute(twoTasks(OnLost.RERUN));
            entered.await();
            store.failing.set(StoreException.Kind.FULL);
            release.countDown();
            Awaitility.await().until(() -> store.refused.get() > 0);
            Awaitility.await()
                    .untilAsserted(() -> assertThatThrownBy(
                                    () -> engine.submit(twoTasks(OnLost.RERUN)).join())
                            .hasCauseInstanceOf(EngineException.class)
                            .hasMessageContaining("no space left"));
            assertThat(end).isNotDone();

            store.failing.set(null);

            assertThat(end.join().result()).isEqualTo("done by attempt 1");
            assertThat(engine.submit(twoTasks(OnLost.RERUN)).join().known()).isFalse();
        }
    }

    @Test
    void a_failed_write_ends_the_engine_and_everything_that_waits_for_it() throws Exception {
        ExecutionEngine engine = open(false, this::hanging);
        CompletableFuture<ExecutionResult> end = engine.execute(twoTasks(OnLost.RERUN));
        entered.await();
        store.failing.set(StoreException.Kind.FAILED);
        CompletableFuture<Submission> late = engine.submit(twoTasks(OnLost.RERUN));

        assertThatThrownBy(end::join).hasCauseInstanceOf(EngineException.class).hasMessageContaining("told to fail");
        assertThatThrownBy(late::join).hasMessageContaining("told to fail");
        assertThatThrownBy(() -> engine.submit(twoTasks(OnLost.RERUN)).join()).hasMessageContaining("told to fail");
        assertThatThrownBy(() -> engine.completion("x").join()).hasMessageContaining("told to fail");
        engine.close();
    }

    @Test
    void an_execution_whose_log_is_damaged_is_quarantined_and_the_others_go_on() throws Exception {
        ExecutionEngine before = open(false, this::hanging);
        String bad = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        entered.await();
        String good = before.submit(twoTasks(OnLost.RERUN)).join().executionId();
        before.close();
        release.countDown();
        store.damaged.set(store.execution("", bad).orElseThrow().number());

        try (ExecutionEngine after = open(false, this::hanging)) {
            assertThatThrownBy(() -> after.resume(bad).join()).hasMessageContaining("digest does not match");
            assertThat(after.status(bad)).contains(ExecutionStatus.QUARANTINED);
            assertThat(store.unfinished()).extracting(row -> row.id()).containsExactly(good);
            CompletableFuture<ExecutionResult> end = after.completion(good);
            after.resume(good).join();
            assertThat(end.join().status()).isEqualTo(ExecutionStatus.COMPLETED);
        }
    }

    @Test
    void large_results_are_kept_out_of_the_log_and_come_back_whole() {
        try (ExecutionEngine engine = open(false, this::hanging)) {
            engine.tools().register("large", call -> Map.of("text", "x".repeat(100_000)));
            engine.tools()
                    .register(
                            "length",
                            call -> call.arguments().get("in").toString().length());
            ExecutionPlan plan = ExecutionPlan.named("large")
                    .task("a", t -> t.tool("large"))
                    .task("b", t -> t.tool("length").with("in", resultOf("a")))
                    .result(resultOf("b"))
                    .build();

            ExecutionResult result =
                    engine.execute(plan, SubmitOptions.DEFAULT.withId("large")).join();

            assertThat(result.result()).isEqualTo((long) ("{text=" + "x".repeat(100_000) + "}").length());
            assertThat(engine.history().taskResult("large", "a")).isEqualTo(Map.of("text", "x".repeat(100_000)));
        }
    }

    @Test
    void a_store_that_nobody_can_open_is_refused_with_what_would_do() {
        assertThatThrownBy(() -> ExecutionEngine.open("nowhere:x")).isInstanceOfSatisfying(EngineException.class, e -> {
            assertThat(e.code()).isEqualTo("STORE_UNKNOWN");
            assertThat(e.remedy()).contains("memory:");
        });
        assertThatThrownBy(() -> ExecutionEngine.open("memory:x")).isInstanceOf(EngineException.class);
        assertThatThrownBy(() -> History.open("memory:")).isInstanceOf(EngineException.class);
    }
}
