package dev.ropewalk.cli;

import dev.ropewalk.format.PlanSchema;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plugin.Plugins;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "validate",
        description = "Checks a plan without running anything: every problem with its line, path and remedy.",
        mixinStandardHelpOptions = true)
final class ValidateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @ArgGroup(multiplicity = "1")
    private Subject subject = new Subject();

    @Option(names = "--var", paramLabel = "NAME=VALUE", description = "a variable of the plan; repeatable")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(names = "--allow-mcp-commands", description = "let the plan declare MCP servers")
    private boolean allowMcpCommands;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    /// What is asked for.
    private static final class Subject {
        @Parameters(paramLabel = "PLAN", description = "the plan's file")
        private Path plan = Path.of("");

        @Option(
                names = "--schema",
                description = "print the JSON Schema of plan files, by which editors complete and check them")
        private boolean schema;
    }

    ValidateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (subject.schema) {
            terminal.out().print(PlanSchema.text());
            return ExitCode.COMPLETED;
        }
        return validate(subject.plan);
    }

    private int validate(Path plan) {
        try (Plugins plugins = PluginFolder.open()) {
            Configuration configured = store.configuration();
            PlanSource source = PlanSource.file(plan, configured.limits());
            Configuration configuration = source.configuration(configured, true);
            ExecutionPlan compiled =
                    source.compile(variables, ToolCheck.names(configuration, plugins), configuration.known());
            source.configuration(configuration, allowMcpCommands);
            if (output.json()) {
                JsonOutput.print(terminal, valid(compiled));
            } else {
                terminal.out()
                        .println("%s is valid: %s in %s"
                                .formatted(
                                        plan,
                                        Words.count(compiled.tasks().size(), "task"),
                                        Words.count(compiled.steps().size(), "step")));
            }
            return ExitCode.COMPLETED;
        } catch (CommandException e) {
            if (!output.json()) {
                throw e;
            }
            JsonOutput.print(terminal, invalid(e));
            return ExitCode.USAGE;
        }
    }

    private static Map<String, @Nullable Object> valid(ExecutionPlan plan) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("valid", true);
        answer.put("name", plan.name());
        answer.put("version", plan.version());
        answer.put("tasks", plan.tasks().size());
        answer.put("steps", plan.steps().size());
        answer.put("problems", List.of());
        return answer;
    }

    private static Map<String, @Nullable Object> invalid(CommandException problems) {
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("valid", false);
        answer.put(
                "problems",
                problems.complaints().stream().map(JsonOutput::complaint).toList());
        answer.put("omitted", problems.omitted());
        return answer;
    }
}
