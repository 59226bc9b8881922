package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.History;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "events", description = "Prints the events of an execution in order.", mixinStandardHelpOptions = true)
final class EventsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", description = "id of the execution, or how it starts")
    private String id = "";

    @Option(names = "--after", paramLabel = "SEQ", description = "only those after this record of the log")
    private long after;

    @Option(names = "-n", paramLabel = "N", description = "at most about so many (default: all)")
    private int limit = Integer.MAX_VALUE;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    EventsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (History history = store.history()) {
            String whole = Executions.find(history, id).id();
            List<ExecutionEvent> events = history.events(whole, after, Math.max(1, limit));
            if (output.json()) {
                JsonOutput.print(
                        terminal,
                        events.stream().map(event -> ResultJson.of(event)).toList());
                return ExitCode.COMPLETED;
            }
            StringBuilder text = new StringBuilder();
            for (ExecutionEvent event : events) {
                String line = "%-8s %s %-24s %s%s"
                        .formatted(
                                event.id(),
                                EventLine.time(event.timestamp()),
                                event.type(),
                                event.taskId().map(task -> task + " ").orElse(""),
                                event.description());
                text.append(PlainText.line(line, 500)).append('\n');
            }
            terminal.out().print(text);
            terminal.out().flush();
        }
        return ExitCode.COMPLETED;
    }
}
