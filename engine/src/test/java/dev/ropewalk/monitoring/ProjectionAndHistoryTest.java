package dev.ropewalk.monitoring;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.History;
import dev.ropewalk.ResourceUsage;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.KeptStore;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.TaskStatus;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.TaskQuery;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectionAndHistoryTest {

    private final KeptStore store = new KeptStore();
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    private ExecutionEngine open() {
        ExecutionEngine engine = ExecutionEngine.builder()
                .store(store)
                .grace(Duration.ofMillis(300))
                .resumeAll(false)
                .open();
        engine.tools().register("list", call -> List.of("a", "b"));
        engine.tools().register("echo", call -> call.taskPath());
        engine.tools().register("fail", call -> {
            throw ToolException.permanent("BROKEN", "it broke");
        });
        engine.tools().register("hang", call -> {
            entered.countDown();
            release.await();
            return "done";
        });
        return engine;
    }

    /// Every way in which a task can end, but by a timeout.
    private static ExecutionPlan mixed() {
        return ExecutionPlan.named("mixed")
                .step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("items", t -> t.tool("list"))
                                .task("each", t -> t.tool("echo").forEach(resultOf("items")))
                                .task("bad", t -> t.tool("fail").fallback("spare"))
                                .task("spare", t -> t.tool("echo"))
                                .task("fine", t -> t.tool("echo").fallback("unused"))
                                .task("unused", t -> t.tool("echo"))
                                .task("tolerated", t -> t.tool("fail").skipOnFailure())
                                .task("worse", t -> t.tool("fail"))
                                .task("after", t -> t.tool("echo").after("worse")))
                .build();
    }

    private static SubmitOptions id(String id) {
        return SubmitOptions.DEFAULT.withId(id);
    }

    @Test
    void what_the_projection_missed_is_read_from_the_log_until_the_next_one_has_caught_up() {
        store.failingProjection.set(true);
        try (ExecutionEngine engine = open()) {
            engine.execute(mixed(), id("m")).join();
        }
        List<History.Task> fromTheLog;
        try (History history = new StoredHistory(store, false)) {
            fromTheLog = history.tasks("m", List.of(), 100);
            assertThat(history.taskResult("m", "each[1]")).isEqualTo("each[1]");
            assertThat(history.taskResult("m", "bad")).isEqualTo("spare");
            assertThat(history.plan("m")).hasValue(mixed());
            assertThat(history.tasks("m", List.of(TaskStatus.FAILED), 1)).hasSize(1);
        }
        assertThat(store.projectedPosition()).isZero();

        store.failingProjection.set(false);
        TaskProjection projection = new TaskProjection(store);
        projection.start();
        projection.close();

        assertThat(store.projectedPosition()).isEqualTo(store.lastPosition());
        try (History history = new StoredHistory(store, false)) {
            assertThat(history.tasks("m", List.of(), 100)).hasSameSizeAs(fromTheLog);
            assertThat(history.tasks("m", List.of(), 100))
                    .usingRecursiveFieldByFieldElementComparatorOnFields(
                            "path", "step", "tool", "status", "attempts", "errorCode", "hasResult")
                    .isEqualTo(fromTheLog);
            assertThat(history.taskResult("m", "each[1]")).isEqualTo("each[1]");
            assertThat(history.taskResult("m", "each")).isEqualTo(List.of("each[0]", "each[1]"));
            assertThatThrownBy(() -> history.taskResult("m", "after"))
                    .isInstanceOfSatisfying(
                            EngineException.class, e -> assertThat(e.code()).isEqualTo("NO_RESULT"));
        }
    }

    @Test
    void a_projection_goes_on_in_the_middle_of_an_execution() throws Exception {
        ExecutionPlan plan = ExecutionPlan.named("two")
                .task("first", t -> t.tool("echo"))
                .task("second", t -> t.tool("hang").after("first"))
                .build();
        try (ExecutionEngine engine = open()) {
            engine.submit(plan, id("x")).join();
            entered.await();
        }
        assertThat(store.projectedPosition()).isEqualTo(store.lastPosition());
        release.countDown();

        try (ExecutionEngine engine = open()) {
            engine.resume("x").join();
            assertThat(engine.completion("x").join().status()).isEqualTo(ExecutionStatus.COMPLETED);
        }

        long number = store.execution("", "x").orElseThrow().number();
        assertThat(store.tasks(TaskQuery.all(number)))
                .extracting(row -> row.path() + " " + row.status() + " " + row.attempts())
                .containsExactly("first COMPLETED 1", "second COMPLETED 2");
    }

    @Test
    void what_tasks_consumed_is_summed_by_task_and_kind_and_of_memory_the_peak_counts() {
        try (ExecutionEngine engine = open()) {
            engine.tools().register("costly", call -> {
                List<Usage> usage = List.of(
                        new Usage(Usage.CPU_TIME, "ms", 1_500, 0),
                        new Usage(Usage.MEMORY, "bytes", call.attempt() == 1 ? 9_000 : 4_000, 0),
                        new Usage("tokens", "tokens", 10_000, 250_000));
                if (call.attempt() == 1) {
                    throw ToolException.retryable("IO", "again").withUsage(usage);
                }
                return ToolResult.of("ok").with(usage);
            });
            ExecutionPlan plan = ExecutionPlan.named("costly")
                    .task(
                            "t",
                            t -> t.tool("costly")
                                    .retry(RetryPolicy.of(2)
                                            .withDelay(Duration.ofMillis(1))
                                            .withJitter(0)))
                    .build();

            ExecutionResult result = engine.execute(plan).join();

            List<ResourceUsage> usage = result.resourceUsage().get();
            assertThat(usage).extracting(ResourceUsage::resourceType).containsExactly("cpu-time", "memory", "tokens");
            assertThat(usage).extracting(ResourceUsage::amountUsed).containsExactly(3.0, 9.0, 20.0);
            assertThat(usage.get(2).cost().orElseThrow()).isCloseTo(0.5, within(1e-9));
            assertThat(usage.get(0).cost()).isEmpty();
            assertThat(result.resourceUsage().get()).isSameAs(usage);
        }
    }

    @Test
    void an_execution_that_failed_keeps_what_its_items_and_its_stand_ins_returned() {
        try (ExecutionEngine engine = open()) {
            ExecutionResult result = engine.execute(mixed(), id("m")).join();

            assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
            assertThat(result.partialResults())
                    .containsEntry("each", List.of("each[0]", "each[1]"))
                    .containsEntry("spare", "spare")
                    .containsEntry("fine", "fine")
                    .doesNotContainKeys("unused", "after", "tolerated");
            assertThat(result.failures()).singleElement().satisfies(failure -> {
                assertThat(failure.taskId()).isEqualTo("worse");
                assertThat(failure.skipped()).containsExactly("after");
            });
        }
    }

    @Test
    void a_result_kept_out_of_line_is_named_and_not_read() {
        try (ExecutionEngine engine = open()) {
            engine.tools().register("large", call -> "x".repeat(100_000));
            ExecutionPlan plan = ExecutionPlan.named("large")
                    .task("large", t -> t.tool("large"))
                    .task("bad", t -> t.tool("fail").after("large"))
                    .build();

            ExecutionResult result = engine.execute(plan).join();

            assertThat(result.partialResults()).isEmpty();
            assertThat(result.omittedResults()).containsExactly("large");
        }
    }

    @Test
    void a_damaged_log_is_an_error_with_a_code_for_whoever_asks() {
        try (ExecutionEngine engine = open()) {
            engine.execute(mixed(), id("m")).join();
        }
        store.damaged.set(store.execution("", "m").orElseThrow().number());

        try (History history = new StoredHistory(store, false)) {
            assertThatThrownBy(() -> history.result("m")).isInstanceOfSatisfying(EngineException.class, e -> {
                assertThat(e.code()).isEqualTo(new StoreException(StoreException.Kind.CORRUPT, "").code());
                assertThat(e).hasMessageContaining("the log of execution m is damaged at event");
            });
            assertThatThrownBy(() -> history.taskResult("m", "after")).isInstanceOf(EngineException.class);
            assertThat(history.execution("m").orElseThrow().metadata()).isEqualTo(Map.of());
        }
    }
}
