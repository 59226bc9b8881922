package dev.ropewalk.engine;

import static dev.ropewalk.plan.Values.expression;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.EngineException;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.ExecutionResult;
import dev.ropewalk.Workflows;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.ExpressionLanguage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineWorkflowTest {

    private final ExecutionEngine engine = ExecutionEngine.inMemory();

    @BeforeEach
    void tools() {
        engine.tools().register("echo", call -> call.arguments());
        engine.tools().register("path", call -> call.taskPath());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void a_registered_workflow_is_compiled_with_its_variables_and_runs() {
        engine.workflows().register(new Workflows.Definition("w", "1", "lines", "path\necho", ""));
        engine.workflows().register(new Workflows.Definition("w", "2", "lines", "path", ""));

        assertThat(engine.execute("w@1", Map.of("x", 7)).join().result()).isEqualTo(Map.of("x", 7L));
        assertThat(engine.execute("w", Map.of()).join().result()).isEqualTo("line0");
    }

    @Test
    void what_nobody_registered_or_reads_is_refused_with_a_code() {
        engine.workflows().register(new Workflows.Definition("odd", "", "runes", "x", ""));

        assertThatThrownBy(() -> engine.execute("nothing", Map.of()).join())
                .hasCauseInstanceOf(EngineException.class)
                .hasMessageContaining("no workflow \"nothing\"");
        assertThatThrownBy(() -> engine.execute("odd", Map.of()).join()).hasMessageContaining("\"runes\"");
    }

    @Test
    void an_expression_that_nobody_here_can_evaluate_fails_its_task_and_not_the_engine() {
        ExpressionLanguage elsewhere = (_, _, _) -> new ExpressionLanguage.Analysis(List.of(), false, List.of());
        ExecutionPlan condition = ExecutionPlan.named("when")
                .task("t", t -> t.tool("echo").when(expression("1 < 2")))
                .build(elsewhere);
        ExecutionPlan result = ExecutionPlan.named("result")
                .task("t", t -> t.tool("echo"))
                .result(expression("1 + 1"))
                .build(elsewhere);

        ExecutionResult first = engine.execute(condition).join();
        ExecutionResult second = engine.execute(result).join();

        assertThat(first.failures().getFirst().error().orElseThrow().code()).isEqualTo("EXPRESSION");
        assertThat(second.status()).isEqualTo(ExecutionStatus.FAILED);
        assertThat(second.error().orElseThrow().message()).startsWith("the plan's result: ");
    }
}
