package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.resultOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionError;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.OnError;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.value.ValueException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineFailureTest {

    private final ExecutionEngine engine = ExecutionEngine.inMemory();

    @AfterEach
    void close() {
        engine.close();
    }

    private ExecutionError errorOf(String tool) {
        return engine.call(tool, Map.of()).join().failures().getFirst().error().orElseThrow();
    }

    @Test
    void an_error_thrown_by_a_tool_ends_the_task_and_not_the_engine() {
        engine.tools().register("unlinked", call -> {
            throw new NoClassDefFoundError("some/Missing");
        });
        engine.tools().register("asserting", call -> {
            throw new AssertionError("never");
        });
        engine.tools().register("hungry", call -> {
            throw new OutOfMemoryError("heap");
        });
        engine.tools().register("echo", call -> call.arguments());

        assertThat(errorOf("unlinked").message()).isEqualTo("NoClassDefFoundError: some/Missing");
        assertThat(errorOf("asserting").code()).isEqualTo("TOOL_ERROR");
        assertThat(errorOf("hungry").message()).isEqualTo("OutOfMemoryError: heap");
        assertThat(engine.call("echo", Map.of()).join().status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void a_long_failure_is_cut_before_it_is_recorded() {
        engine.tools().register("chatty", call -> {
            throw ToolException.permanent("LONG", "a".repeat(1_000_000));
        });

        assertThat(errorOf("chatty").message()).hasSizeLessThan(4_200).endsWith("[1000000 characters in all]");
    }

    @Test
    void a_result_that_is_too_large_to_be_read_is_left_out_of_a_completed_execution() {
        engine.tools().register("huge", call -> "x".repeat(33 * 1024 * 1024));
        ExecutionPlan plan = ExecutionPlan.named("huge")
                .task("a", t -> t.tool("huge"))
                .result(resultOf("a"))
                .build();

        ExecutionResult result =
                engine.execute(plan, SubmitOptions.DEFAULT.withId("huge")).join();

        assertThat(result.status()).isEqualTo(ExecutionStatus.COMPLETED);
        assertThat(result.orElseThrow()).isNull();
        assertThat(result.omittedResults()).containsExactly(ExecutionResult.PLAN_RESULT);
        assertThatThrownBy(() -> engine.history().taskResult("huge", "a"))
                .isInstanceOfSatisfying(EngineException.class, e -> {
                    assertThat(e.code()).isEqualTo(ValueException.VALUE_TOO_LARGE);
                    assertThat(e).hasMessageContaining("task a of execution huge");
                });
    }

    @Test
    void items_too_large_together_are_left_out_of_a_failed_execution_and_named() {
        engine.tools().register("list", call -> List.of(1, 2));
        engine.tools().register("half", call -> "x".repeat(17 * 1024 * 1024));
        engine.tools().register("fail", call -> {
            throw ToolException.permanent("BROKEN", "it broke");
        });
        ExecutionPlan plan = ExecutionPlan.named("halves")
                .step(
                        "main",
                        s -> s.onError(OnError.CONTINUE)
                                .task("items", t -> t.tool("list"))
                                .task("each", t -> t.tool("half").forEach(resultOf("items")))
                                .task("bad", t -> t.tool("fail").after("each")))
                .build();

        ExecutionResult result = engine.execute(plan).join();

        assertThat(result.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(result.partialResults()).isEqualTo(Map.of("items", List.of(1L, 2L)));
        assertThat(result.omittedResults()).containsExactlyInAnyOrder("each", "each[0]", "each[1]");
    }
}
