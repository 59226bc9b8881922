package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.Compilation;
import dev.ropewalk.plan.Compilation.Compiled;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanCompiler;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.CallTool;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanReaderTest {

    private static final String REPORT = """
            name: repository-report
            version: "1.0"
            variables:
              path: .
            steps:
              - id: collect
                mode: parallel
                tasks:
                  - id: history
                    tool: shell
                    with: { command: [git, -C, "${vars.path}", log], depth: 12345678901234567890.10 }
                    retry: 3
                    timeout: 1m30s
              - id: summarise
                after: [collect]
                tasks:
                  - id: report
                    tool: shell
                    with: { stdin: "${tasks.history.result.stdout}" }
            result: "${tasks.report.result}"
            """;

    @Test
    void a_plan_file_becomes_a_workflow_that_compiles() {
        ReadPlan read = read("report.yaml", REPORT);

        assertThat(read.problems()).isEmpty();
        ExecutionPlan plan = compile(read.workflow().orElseThrow());
        assertThat(plan.name()).isEqualTo("repository-report");
        assertThat(plan.taskCount()).isGreaterThanOrEqualTo(2);
        assertThat(plan.task(plan.indexOf("history").orElseThrow()).timeoutMicros())
                .isEqualTo(90_000_000);
    }

    @Test
    void numbers_keep_every_digit() {
        Workflow workflow = read("report.yaml", REPORT).workflow().orElseThrow();

        CallTool call =
                (CallTool) workflow.steps().getFirst().tasks().getFirst().action();
        Template.Mapping with = (Template.Mapping) call.with();
        assertThat(with.entries().getLast().value())
                .isInstanceOfSatisfying(
                        Template.Literal.class,
                        literal -> assertThat(literal.value().text()).isEqualTo("12345678901234567890.10"));
    }

    @Test
    void problems_of_the_compiler_are_found_in_the_file() {
        ReadPlan read = read("report.yaml", REPORT.replace("after: [collect]", "after: [colect]"));

        Compilation compilation = PlanCompiler.compile(
                read.workflow().orElseThrow(), Map.of(), PlanLimits.DEFAULT, new CelExpressionLanguage());
        assertThat(read.locate(compilation.problems()))
                .extracting(LocatedProblem::render)
                .singleElement()
                .asString()
                .startsWith("report.yaml:15:13  steps[1].after[0]  ")
                .contains("did you mean \"collect\"?");
    }

    private static ReadPlan read(String name, String text) {
        return new PlanReader().read(name, text.getBytes(StandardCharsets.UTF_8));
    }

    private static ExecutionPlan compile(Workflow workflow) {
        Compilation compilation =
                PlanCompiler.compile(workflow, Map.of(), PlanLimits.DEFAULT, new CelExpressionLanguage());
        assertThat(compilation.problems()).isEmpty();
        return ((Compiled) compilation).plan();
    }
}
