package dev.ropewalk.format;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.format.cel.CelExpressionEvaluator;
import dev.ropewalk.format.cel.CelExpressionLanguage;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.ToolNames;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// A program that reads, compiles and evaluates a plan whose expressions only follow names.
public final class ReferencesOnly {

    private ReferencesOnly() {}

    public static void main(String[] arguments) throws Exception {
        String plan = """
                name: references
                variables: { path: ., on: true, list: [1] }
                steps:
                  - id: step
                    tasks:
                      - id: first
                        tool: shell
                        with: { command: [ls, "${vars.path}/x"] }
                      - id: second-one
                        tool: shell
                        when: "${vars.on}"
                        forEach: "${vars.list}"
                        with: { stdin: "${tasks.first.result.stdout}", n: "${item.name}" }
                      - id: third
                        tool: shell
                        when: false
                        with: { n: "${tasks['second-one'].result[0]}" }
                """;
        CheckedPlan checked = new PlanReader()
                .read("plan.yaml", plan.getBytes(StandardCharsets.UTF_8))
                .compile(Map.of(), PlanLimits.DEFAULT, new CelExpressionLanguage(), ToolNames.UNCHECKED);
        if (checked.plan().isEmpty()) {
            throw new IllegalStateException(checked.problems().toString());
        }
        Object value = new CelExpressionEvaluator().evaluate("tasks.first.result.stdout", new Given());
        if (!"out".equals(value)) {
            throw new IllegalStateException(String.valueOf(value));
        }
    }

    private static final class Given implements Bindings {
        @Override
        public Object variable(String name) {
            return name;
        }

        @Override
        public Object taskResult(String id) {
            return Map.of("stdout", "out");
        }

        @Override
        public String taskStatus(String id) {
            return "COMPLETED";
        }

        @Override
        public Object item() {
            return List.of();
        }

        @Override
        public long index() {
            return 0;
        }

        @Override
        public Map<String, String> execution() {
            return Map.of();
        }

        @Override
        public String secret(String name) {
            return name;
        }
    }
}
