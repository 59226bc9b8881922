package dev.ropewalk.benchmark;

import dev.ropewalk.strategy.SchedulingStrategy;
import dev.ropewalk.strategy.Strategies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "scheduler",
        description = "Runs the workload S1: which of up to a million ready tasks goes next, by strategy, beside a"
                + " java.util.PriorityQueue.",
        mixinStandardHelpOptions = true)
final class SchedulerBenchCommand implements Callable<Integer> {

    private static final List<Integer> LANES = List.of(1, 100);

    @Option(names = "--strategy", paramLabel = "NAME", description = "only this one (default: all that are built in)")
    private Optional<String> strategy = Optional.empty();

    @Option(names = "--json", description = "print an array of {workload, store, n, metric, value, unit}")
    private boolean json;

    @Option(names = "--quick", description = "small and once, to see that it runs; the figures say little")
    private boolean quick;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Strategies known = Strategies.builtIn();
        List<SchedulingStrategy> strategies =
                strategy.map(name -> List.of(known.named(name))).orElse(known.all());
        Scale scale = quick ? Scale.QUICK : Scale.FULL;
        int decisions = quick ? 2_000 : 200_000;
        List<Figure> figures = new ArrayList<>();
        for (int queued : quick ? List.of(1_000, 5_000) : List.of(1_000, 10_000, 100_000, 1_000_000)) {
            double limit = Samples.medianOf(scale, () -> SchedulerWorkload.priorityQueue(queued, decisions));
            figures.add(new Figure("limit", "none", queued, "priority_queue_per_s", 1e9 / limit, "1/s"));
            for (SchedulingStrategy each : strategies) {
                for (int lanes : LANES) {
                    figures.addAll(new SchedulerWorkload(each, queued, lanes, decisions).figures(scale, limit));
                }
            }
        }
        FigureTable.print(spec.commandLine().getOut(), figures, json);
        return 0;
    }
}
