package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Workflow;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// Plan files in tests.
final class Plans {

    private Plans() {}

    static ReadPlan read(String yaml) {
        return new PlanReader().read("plan.yaml", yaml.getBytes(StandardCharsets.UTF_8));
    }

    /// A workflow of one step with one task, to which `lines` are added.
    static Workflow.Task task(String lines) {
        return workflow(withTask("tool: shell\n" + lines))
                .steps()
                .getFirst()
                .tasks()
                .getFirst();
    }

    static String withTask(String lines) {
        return """
                name: test
                steps:
                  - id: step
                    tasks:
                      - id: task
                %s""".formatted(lines.strip().indent(8));
    }

    static Workflow workflow(String yaml) {
        ReadPlan read = read(yaml);
        assertThat(read.problems()).isEmpty();
        return read.workflow().orElseThrow();
    }

    static CheckedPlan check(ReadPlan read) {
        return read.compile(
                Map.of(), PlanLimits.DEFAULT, new CelExpressionLanguage(), ToolNames.UNCHECKED, KnownResources.NONE);
    }

    /// All problems of form and meaning as they are shown.
    static List<String> problems(String yaml) {
        return check(read(yaml)).problems().stream()
                .map(problem -> problem.code() + " " + problem.render())
                .toList();
    }
}
