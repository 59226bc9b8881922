package dev.ropewalk.cli;

import dev.ropewalk.History;
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
            List<History.Task> tasks = history.tasks(execution.id(), List.of(), Math.max(1, limit));
            if (output.json()) {
                Map<String, @Nullable Object> json = new LinkedHashMap<>(HistoryJson.of(execution));
                json.put("tasks", tasks.stream().map(HistoryJson::of).toList());
                JsonOutput.print(terminal, json);
            } else {
                print(execution, tasks);
            }
        }
        return ExitCode.COMPLETED;
    }

    private void print(History.Execution execution, List<History.Task> tasks) {
        StringBuilder text = new StringBuilder();
        HistoryJson.of(execution)
                .forEach((key, value) -> text.append(
                                PlainText.line(String.format(Locale.ROOT, "%-12s %s", key, value), 500))
                        .append('\n'));
        Table table = new Table("TASK", "STATUS", "TOOL", "ATTEMPTS", "TIME", "ERROR");
        for (History.Task task : tasks) {
            table.row(
                    task.path(),
                    task.status().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    task.tool(),
                    Integer.toString(task.attempts()),
                    task.attempts() == 0 ? "" : Words.duration(task.metrics().runTime()),
                    task.errorCode()
                            .map(code -> code + " " + task.errorMessage().orElse(""))
                            .orElse(""));
        }
        terminal.out().print(text + "\n" + table.text());
        terminal.out().flush();
    }
}
