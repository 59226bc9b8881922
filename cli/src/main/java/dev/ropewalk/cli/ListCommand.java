package dev.ropewalk.cli;

import dev.ropewalk.History;
import dev.ropewalk.plan.ExecutionStatus;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "Lists the executions of a store, the newest first.",
        mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final Terminal terminal;

    @Option(names = "--status", paramLabel = "STATUS", description = "only with this status; repeatable")
    private List<ExecutionStatus> statuses = new ArrayList<>();

    @Option(names = "--workflow", paramLabel = "NAME", description = "only of this workflow")
    private Optional<String> workflow = Optional.empty();

    @Option(names = "--tag", paramLabel = "TAG", description = "only with this tag; repeatable")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--meta", paramLabel = "KEY=VALUE", description = "only with this metadata; repeatable")
    private Map<String, String> metadata = new LinkedHashMap<>();

    @Option(names = "-n", paramLabel = "N", description = "at most so many (default: ${DEFAULT-VALUE})")
    private int limit = 20;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new CommandException("USAGE", "-n is less than 1", "give how many executions to list");
        }
        try (History history = store.history()) {
            List<History.Execution> found =
                    history.executions(new History.Filter(statuses, workflow, tags, metadata, Optional.empty(), limit));
            if (output.json()) {
                JsonOutput.print(terminal, found.stream().map(HistoryJson::of).toList());
            } else {
                print(found);
            }
        }
        return ExitCode.COMPLETED;
    }

    private void print(List<History.Execution> found) {
        Table table = new Table("ID", "STATUS", "WORKFLOW", "STARTED", "TIME", "EVENTS");
        for (History.Execution one : found) {
            table.row(
                    one.id(),
                    Summary.words(one.status()),
                    one.version().isEmpty() ? one.workflow() : one.workflow() + "@" + one.version(),
                    TIME.format(one.startedAt().orElse(one.createdAt()).atZone(ZoneId.systemDefault())),
                    one.startedAt()
                            .flatMap(from -> one.completedAt().map(to -> Words.duration(Duration.between(from, to))))
                            .orElse(""),
                    Long.toString(one.events()));
        }
        terminal.out().print(table.text());
        terminal.out().flush();
    }
}
