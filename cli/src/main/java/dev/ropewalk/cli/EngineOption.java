package dev.ropewalk.cli;

import dev.ropewalk.EngineBuilder;
import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.format.cel.CelExpressionEvaluator;
import dev.ropewalk.plugin.Plugins;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// How the engine of a command is opened.
final class EngineOption {

    @Option(names = "--parallel", paramLabel = "N", description = "attempts that run at once, at most")
    private Optional<Integer> parallel = Optional.empty();

    /// An engine that takes nothing up by itself: what else is unfinished in the store stays as it is.
    ExecutionEngine open(String url, Configuration configuration, Plugins plugins) {
        if (parallel.isPresent() && parallel.get() < 1) {
            throw new CommandException("USAGE", "--parallel is less than 1", "give how many attempts may run at once");
        }
        EngineBuilder builder = ExecutionEngine.builder()
                .store(url)
                .options(configuration.engine())
                .scheduling(configuration.scheduling())
                .plugins(plugins.loader())
                .expressions(new CelExpressionEvaluator(configuration.limits().expression()))
                .workingDirectory(Path.of("").toAbsolutePath())
                .resumeAll(false);
        configuration.tools().forEach(builder::configure);
        parallel.ifPresent(builder::maxParallel);
        try {
            return withAgents(builder.open(), configuration);
        } catch (IllegalArgumentException e) {
            throw Configuration.invalid(e);
        }
    }

    private static ExecutionEngine withAgents(ExecutionEngine engine, Configuration configuration) {
        try {
            configuration.agents().forEach(engine.agents()::register);
            engine.agents().route(configuration.routing());
            return engine;
        } catch (IllegalArgumentException e) {
            engine.close();
            throw e;
        }
    }
}
