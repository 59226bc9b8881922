package dev.ropewalk.cli;

import dev.ropewalk.ExecutionResult;
import dev.ropewalk.History;
import dev.ropewalk.plan.ExecutionStatus;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
        name = "result",
        description = "Prints what an execution or one of its tasks returned.",
        mixinStandardHelpOptions = true)
final class ResultCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "ID", description = "id of the execution, or how it starts")
    private String id = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "TASK", description = "the path of a task")
    private Optional<String> task = Optional.empty();

    @Mixin
    private StoreOption store = new StoreOption();

    @Mixin
    private OutputOption output = new OutputOption();

    ResultCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (History history = store.history()) {
            String whole = Executions.find(history, id).id();
            return task.isPresent() ? ofTask(history, whole, task.get()) : ofExecution(history, whole);
        }
    }

    private int ofTask(History history, String whole, String path) {
        Object result = history.taskResult(whole, path);
        if (output.json()) {
            JsonOutput.print(terminal, result);
        } else {
            new ResultText(terminal).print(result, "");
        }
        return ExitCode.COMPLETED;
    }

    /// @return as the run's exit code was
    private int ofExecution(History history, String whole) {
        ExecutionResult result = history.result(whole)
                .orElseThrow(() -> new CommandException(
                        "NO_RESULT",
                        "execution %s has not ended".formatted(whole),
                        "go on with it: `ropewalk resume %s`".formatted(whole)));
        if (output.json()) {
            JsonOutput.print(terminal, ResultJson.of(result));
        } else if (result.status() == ExecutionStatus.COMPLETED) {
            new ResultText(terminal).print(result.result(), "");
        } else {
            terminal.err().print(new Summary(terminal).of(result, null, true));
            terminal.err().flush();
        }
        return ExitCode.of(result.status());
    }
}
