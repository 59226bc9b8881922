package dev.ropewalk.cli;

import dev.ropewalk.ExecutionMessage;
import dev.ropewalk.History;
import dev.ropewalk.History.Messages;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "logs", description = "Prints what the tasks of an execution said.", mixinStandardHelpOptions = true)
final class LogsCommand implements Callable<Integer> {

    private static final int PAGE = 1_000;
    private static final long POLL_MILLIS = 200;

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "ID", description = "id of the execution, or how it starts")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "only of this task")
    private Optional<String> task = Optional.empty();

    @Option(names = "--follow", description = "go on until the execution has ended")
    private boolean follow;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    LogsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (History history = store.history()) {
            String whole = Executions.find(history, id).id();
            if (output.json() && !follow) {
                JsonOutput.print(
                        terminal,
                        history.messages(whole, task, Integer.MAX_VALUE).stream()
                                .map(HistoryJson::of)
                                .toList());
                return ExitCode.COMPLETED;
            }
            follow(history, whole);
        }
        return ExitCode.COMPLETED;
    }

    /// The end is looked at before the messages, so that none of the last ones is missed.
    private void follow(History history, String whole) throws InterruptedException {
        long last = 0;
        while (true) {
            boolean over = !follow || Executions.find(history, whole).status().ended();
            Messages page = history.messagesAfter(whole, task, last, PAGE);
            print(page.messages());
            last = page.last();
            if (page.messages().isEmpty()) {
                if (over) {
                    return;
                }
                Thread.sleep(POLL_MILLIS);
            }
        }
    }

    private void print(List<ExecutionMessage> messages) {
        for (ExecutionMessage message : messages) {
            if (output.json()) {
                JsonOutput.print(terminal, HistoryJson.of(message));
            } else {
                terminal.out().println(EventLine.text(message));
            }
        }
        terminal.out().flush();
    }
}
