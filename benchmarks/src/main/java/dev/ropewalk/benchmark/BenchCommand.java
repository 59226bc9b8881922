package dev.ropewalk.benchmark;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Measures what the engine itself costs, beside what the machine can do.",
        mixinStandardHelpOptions = true,
        subcommands = {EngineBenchCommand.class, SchedulerBenchCommand.class})
final class BenchCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "say what to measure: ropewalk bench engine, ropewalk bench scheduler");
    }
}
