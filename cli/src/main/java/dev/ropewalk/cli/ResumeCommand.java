package dev.ropewalk.cli;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.History;
import dev.ropewalk.Submission;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plugin.Plugins;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "resume",
        description = "Goes on with an execution that a crash or Ctrl-C left unfinished.",
        mixinStandardHelpOptions = true)
final class ResumeCommand implements Callable<Integer> {

    private static final List<ExecutionStatus> UNFINISHED =
            List.of(ExecutionStatus.PENDING, ExecutionStatus.QUEUED, ExecutionStatus.RUNNING, ExecutionStatus.PAUSED);
    private static final int MOST = 10_000;

    private final Terminal terminal;

    @Parameters(arity = "0..1", paramLabel = "ID", description = "id of the execution, or how it starts")
    private Optional<String> id = Optional.empty();

    @Option(names = "--all", description = "all unfinished executions, one after the other")
    private boolean all;

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private EngineOption engine = new EngineOption();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private WatchOption watch = new WatchOption();

    ResumeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (all == id.isPresent()) {
            throw new CommandException("USAGE", "name one execution, or --all", "list them with `ropewalk list`");
        }
        Configuration configuration = store.configuration();
        String url = store.url(configuration);
        List<History.Execution> found = find(url);
        if (found.isEmpty()) {
            terminal.err().println("nothing is unfinished");
            return ExitCode.COMPLETED;
        }
        try (Plugins plugins = PluginFolder.open();
                ExecutionEngine opened = engine.open(url, configuration, plugins)) {
            List<Submission> submissions =
                    found.stream().map(each -> opened.resume(each.id()).join()).toList();
            int worst = ExitCode.COMPLETED;
            for (int i = 0; i < submissions.size(); i++) {
                History.Execution before = found.get(i);
                long seen = before.status().ended() ? 0 : before.events();
                int exitCode =
                        new Foreground(terminal, watch, output.json(), url).await(opened, submissions.get(i), seen);
                worst = Math.max(worst, exitCode);
                if (exitCode == ExitCode.STOPPED) {
                    break;
                }
            }
            return worst;
        }
    }

    /// Looked up before the store is opened for writing, which is not needed to say that there is none.
    private List<History.Execution> find(String url) {
        try (History history = History.open(url)) {
            if (id.isPresent()) {
                return List.of(Executions.find(history, id.get()));
            }
            return history.executions(new History.Filter(
                            UNFINISHED, Optional.empty(), List.of(), Map.of(), Optional.empty(), MOST))
                    .reversed();
        }
    }
}
