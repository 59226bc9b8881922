package dev.ropewalk.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
        name = "engine",
        description = "Runs the workloads W1 to W7 on tools that do nothing, and the machine's limits in the same run.",
        mixinStandardHelpOptions = true)
final class EngineBenchCommand implements Callable<Integer> {

    enum StoreKind {
        sqlite,
        memory
    }

    @Option(names = "--store", description = "sqlite or memory (default: both)")
    private Optional<StoreKind> store = Optional.empty();

    @Option(names = "--json", description = "print an array of {workload, store, n, metric, value, unit}")
    private boolean json;

    @Option(names = "--quick", description = "small and once, to see that it runs; the figures say little")
    private boolean quick;

    @Option(
            names = "--compare",
            paramLabel = "FILE",
            description = "an earlier --json: fails if a figure, relative to the limits of its run, got worse")
    private Optional<Path> compare = Optional.empty();

    @Option(
            names = "--bound",
            paramLabel = "FACTOR",
            description = "how much worse a figure may be with --compare (default: 1.5)")
    private double bound = 1.5;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Optional<Comparison> comparison = Optional.empty();
        if (compare.isPresent()) {
            comparison = Optional.of(comparison(compare.get()));
        }
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        List<Figure> figures = new ArrayList<>(new MachineLimits(scale).run());
        figures.addAll(new PlanWorkload(scale).run());
        for (StoreKind kind : store.map(List::of).orElse(List.of(StoreKind.values()))) {
            String name = kind.name();
            figures.addAll(new EngineWorkloads(name, scale).run());
            figures.addAll(new ColdStartWorkload(name, scale).run());
            figures.addAll(new WatchWorkload(name, scale).run());
        }
        FigureTable.print(spec.commandLine().getOut(), figures, json);
        List<String> worse =
                comparison.map(known -> known.worse(figures, bound)).orElse(List.of());
        PrintWriter err = spec.commandLine().getErr();
        worse.forEach(line -> err.println("worse: " + line));
        err.flush();
        return worse.isEmpty() ? 0 : 1;
    }

    private Comparison comparison(Path file) {
        try {
            return Comparison.of(Files.readAllBytes(file));
        } catch (IOException | IllegalArgumentException e) {
            throw new ParameterException(
                    spec.commandLine(), "--compare %s: it is not what --json printed: %s".formatted(file, e));
        }
    }
}
