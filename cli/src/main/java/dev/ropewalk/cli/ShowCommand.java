package dev.ropewalk.cli;

import dev.ropewalk.History;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "show", description = "Shows an execution and its tasks.", mixinStandardHelpOptions = true)
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "id of the execution, or how it starts")
    private String id = "";

    @Option(names = "-n", paramLabel = "N", description = "at most so many tasks (default: ${DEFAULT-VALUE})")
    private int limit = 200;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "only tasks with this tag, or in a step with it; repeatable")
    private List<String> tags = new ArrayList<>();

    @Option(
            names = "--meta",
            paramLabel = "KEY=VALUE",
            description = "only tasks with this metadata, or in a step with it; repeatable")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (History history = store.history()) {
            History.Execution execution = Executions.find(history, id);
            Remarks remarks = new Remarks(history.plan(execution.id()));
            Map<String, @Nullable Object> head = HistoryJson.of(execution);
            if (!remarks.description().isEmpty()) {
                head.put("description", remarks.description());
            }
            List<History.Task> tasks = tasks(history, execution.id(), remarks);
            if (output.json()) {
                head.put("steps", remarks.steps());
                head.put(
                        "tasks", tasks.stream().map(task -> json(task, remarks)).toList());
                JsonOutput.print(terminal, head);
            } else {
                print(head, tasks, remarks);
            }
        }
        return ExitCode.COMPLETED;
    }

    private List<History.Task> tasks(History history, String execution, Remarks remarks) {
        int most = Math.max(1, limit);
        if (tags.isEmpty() && metadata.isEmpty()) {
            return history.tasks(execution, List.of(), most);
        }
        return history.tasks(execution, List.of(), Integer.MAX_VALUE).stream()
                .filter(task -> remarks.has(task, tags, metadata))
                .limit(most)
                .toList();
    }

    private static Map<String, @Nullable Object> json(History.Task task, Remarks remarks) {
        Map<String, @Nullable Object> json = HistoryJson.of(task);
        Remarks.put(json, remarks.ofTask(task.path()));
        return json;
    }

    private void print(Map<String, @Nullable Object> head, List<History.Task> tasks, Remarks remarks) {
        StringBuilder text = new StringBuilder();
        head.forEach((key, value) -> text.append(
                        PlainText.line(String.format(Locale.ROOT, "%-12s %s", key, value), 500))
                .append('\n'));
        boolean agents = tasks.stream().anyMatch(task -> task.metrics().agent().isPresent());
        Table table =
                new Table("TASK", "STATUS", agents ? "TOOL BY AGENT" : "TOOL", "ATTEMPTS", "TIME", "ERROR", "NAME");
        for (History.Task task : tasks) {
            table.row(
                    task.path(),
                    task.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    task.tool()
                            + task.metrics()
                                    .agent()
                                    .map(agent -> " by " + agent)
                                    .orElse(""),
                    Integer.toString(task.attempts()),
                    task.attempts() == 0 ? "" : Words.duration(task.metrics().runTime()),
                    task.errorCode()
                            .map(code -> code + " " + task.errorMessage().orElse(""))
                            .orElse(""),
                    remarks.ofTask(task.path()).name());
        }
        terminal.out().print(text + "\n" + table.text());
        terminal.out().flush();
    }
}
