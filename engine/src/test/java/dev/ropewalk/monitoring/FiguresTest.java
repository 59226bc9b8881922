package dev.ropewalk.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionMetrics;
import dev.ropewalk.ExecutionProgress;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.TaskResult;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.Usage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Progress and metrics, as users of the engine see them.
@DisplayNameGeneration(ReplaceUnderscores.class)
class FiguresTest {

    private static final RetryPolicy AT_ONCE =
            new RetryPolicy(3, Duration.ZERO, 1, 0, Duration.ZERO, List.of(), List.of());

    private ExecutionEngine engine;
    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void open() {
        engine = ExecutionEngine.inMemory();
        engine.tools().register("noop", _ -> null);
        engine.tools()
                .register("paid", _ -> ToolResult.of("x").with(List.of(new Usage("tokens", "tokens", 1_000, 250_000))));
        engine.tools().register("broken", _ -> {
            throw ToolException.permanent("BROKEN", "for good");
        });
        engine.tools().register("second-try", call -> {
            if (call.attempt() < 2) {
                throw ToolException.retryable("FLAKY", "not yet");
            }
            return "done";
        });
        engine.tools().register("held", call -> {
            call.progress(0.5, "half way");
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

    @Test
    void metrics_tell_what_was_measured_and_nothing_else() {
        ExecutionResult result = engine.execute(ExecutionPlan.named("mixed")
                        .step(
                                "s",
                                s -> s.onError(OnError.CONTINUE)
                                        .task("a", t -> t.tool("second-try").retry(AT_ONCE))
                                        .task("b", t -> t.tool("paid"))
                                        .task("c", t -> t.tool("broken"))
                                        .task("d", t -> t.tool("noop").after("c"))
                                        .task("e", t -> t.tool("paid")))
                        .build())
                .join();
        ExecutionMetrics metrics = result.metrics();
        assertThat(metrics.successRate()).as("a, b, e of a, b, c, e").hasValue(0.75);
        assertThat(metrics.errorRate()).as("two of five attempts").hasValue(0.4);
        assertThat(metrics.totalCost()).hasValue(0.5);
        assertThat(metrics.retryRateByTool())
                .containsOnly(entry("second-try", 1.0), entry("paid", 0.0), entry("broken", 0.0));
        assertThat(metrics.effectiveDuration())
                .hasValueSatisfying(
                        effective -> assertThat(effective).isBetween(Duration.ZERO, metrics.totalDuration()));
        assertThat(metrics.resourceEfficiency()).isEmpty();
        assertThat(metrics.qualityScore()).isEmpty();
    }

    @Test
    void a_failure_that_was_made_up_for_is_none_of_the_result() {
        ExecutionResult result = engine.execute(ExecutionPlan.named("tolerant")
                        .task(
                                "each",
                                t -> t.tool("broken").forEach(List.of(1, 2)).skipOnFailure())
                        .task("a", t -> t.tool("broken").fallback("b"))
                        .task("b", t -> t.tool("noop"))
                        .build())
                .join();
        assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(result.failures()).isEmpty();
    }

    @Test
    void every_failure_is_told_with_what_was_skipped_because_of_it() {
        ExecutionResult result = engine.execute(ExecutionPlan.named("partial")
                        .step(
                                "s",
                                s -> s.onError(OnError.CONTINUE)
                                        .task("a", t -> t.tool("broken"))
                                        .task("b", t -> t.tool("noop").after("a"))
                                        .task("c", t -> t.tool("noop").after("b"))
                                        .task("d", t -> t.tool("noop")))
                        .build())
                .join();
        assertThat(result.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.taskId()).isEqualTo("a");
            assertThat(failure.error().orElseThrow().code()).isEqualTo("BROKEN");
            assertThat(failure.skipped()).containsExactly("b", "c");
        });
        assertThat(result.failures()).extracting(TaskResult::tool).containsExactly("broken");
        assertThat(result.partialResults()).containsOnlyKeys("d");
    }

    @Test
    void progress_is_told_of_one_execution_and_of_all() throws InterruptedException {
        String id = engine.submit(ExecutionPlan.named("half")
                        .step("hold", s -> s.task("a", t -> t.tool("held").estimatedDuration(Duration.ofSeconds(10))))
                        .step(
                                "later",
                                s -> s.task(
                                        "b", t -> t.tool("noop").after("a").estimatedDuration(Duration.ofSeconds(10))))
                        .build())
                .join()
                .executionId();
        entered.await();
        ExecutionProgress one = engine.progress(id).orElseThrow();
        assertThat(one.percentage()).isEqualTo(25);
        assertThat(one.currentPhase()).isEqualTo("hold");
        assertThat(one.runningTasks()).isEqualTo(1);
        assertThat(one.totalTasks()).isEqualTo(2);
        assertThat(one.estimatedTimeRemaining()).isPresent();
        ExecutionProgress all = engine.progress();
        assertThat(all.percentage()).isEqualTo(25);
        assertThat(all.totalTasks()).isEqualTo(2);
    }
}
