package dev.ropewalk.benchmark;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.plan.ExecutionPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// W1, W2, W3, W5 and W6: what the engine itself costs, on tools that do nothing.
final class EngineWorkloads {

    private static final int PLAN_TASKS = 5;
    private static final int AT_ONCE = 100;
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final String store;
    private final Scale scale;

    EngineWorkloads(String store, Scale scale) {
        this.store = store;
        this.scale = scale;
    }

    List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        try (EngineUnderTest test = EngineUnderTest.open(store, 256)) {
            ExecutionEngine engine = test.engine();
            ExecutionPlan chain = Plans.chain(scale.chain());
            figures.add(new Figure(
                    "W1",
                    store,
                    scale.chain(),
                    "ms_per_task",
                    Samples.medianOf(scale, () -> seconds(engine, chain) * 1e3 / scale.chain()),
                    "ms"));
            ExecutionPlan wide = Plans.wide(scale.width());
            figures.add(new Figure(
                    "W2",
                    store,
                    scale.width() + 1,
                    "tasks_per_s",
                    Samples.medianOf(scale, () -> (scale.width() + 1) / seconds(engine, wide)),
                    "1/s"));
            figures.addAll(manyPlans(engine));
            figures.addAll(submitToStart(engine));
        }
        figures.addAll(speedUp());
        return figures;
    }

    private static double seconds(ExecutionEngine engine, ExecutionPlan plan) {
        long start = System.nanoTime();
        engine.execute(plan).join().orElseThrow();
        return (System.nanoTime() - start) / 1e9;
    }

    private List<Figure> manyPlans(ExecutionEngine engine) {
        ExecutionPlan plan = Plans.chain(PLAN_TASKS);
        double[] rate = new double[scale.runs()];
        double[] p50 = new double[scale.runs()];
        double[] p99 = new double[scale.runs()];
        Samples.warmUp(scale, () -> hundredAtOnce(engine, plan, new double[scale.plans()]));
        for (int run = 0; run < scale.runs(); run++) {
            double[] latencies = new double[scale.plans()];
            rate[run] = scale.plans() / hundredAtOnce(engine, plan, latencies);
            p50[run] = Samples.percentile(latencies, 50);
            p99[run] = Samples.percentile(latencies, 99);
        }
        double median = Samples.percentile(rate, 50);
        return List.of(
                new Figure("W3", store, scale.plans(), "executions_per_s", median, "1/s"),
                new Figure("W3", store, scale.plans(), "tasks_per_s", median * PLAN_TASKS, "1/s"),
                new Figure("W3", store, scale.plans(), "latency_p50_ms", Samples.percentile(p50, 50), "ms"),
                new Figure("W3", store, scale.plans(), "latency_p99_ms", Samples.percentile(p99, 50), "ms"));
    }

    /// @param latencies receives how long each execution took, in ms
    /// @return how long all took, in seconds
    private double hundredAtOnce(ExecutionEngine engine, ExecutionPlan plan, double[] latencies) {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> all = new ArrayList<>(scale.plans());
        long start = System.nanoTime();
        for (int i = 0; i < scale.plans(); i++) {
            places.acquireUninterruptibly();
            int at = i;
            long submitted = System.nanoTime();
            all.add(engine.execute(plan).thenAccept(result -> {
                latencies[at] = (System.nanoTime() - submitted) / 1e6;
                places.release();
            }));
        }
        all.forEach(CompletableFuture::join);
        return (System.nanoTime() - start) / 1e9;
    }

    private List<Figure> submitToStart(ExecutionEngine engine) {
        AtomicLong started = new AtomicLong();
        engine.tools().register("mark", _ -> {
            started.set(System.nanoTime());
            return null;
        });
        ExecutionPlan plan =
                ExecutionPlan.named("mark").task("t", task -> task.tool("mark")).build();
        double[] p50 = new double[scale.runs()];
        double[] p99 = new double[scale.runs()];
        for (int run = -1; run < scale.runs(); run++) {
            double[] latencies = new double[scale.singles()];
            for (int i = 0; i < scale.singles(); i++) {
                LockSupport.parkNanos(PAUSE_NANOS);
                long submitted = System.nanoTime();
                engine.execute(plan).join();
                latencies[i] = (started.get() - submitted) / 1e6;
            }
            if (run >= 0) {
                p50[run] = Samples.percentile(latencies, 50);
                p99[run] = Samples.percentile(latencies, 99);
            }
        }
        return List.of(
                new Figure("W5", store, scale.singles(), "submit_to_start_p50_ms", Samples.percentile(p50, 50), "ms"),
                new Figure("W5", store, scale.singles(), "submit_to_start_p99_ms", Samples.percentile(p99, 50), "ms"));
    }

    private List<Figure> speedUp() {
        List<Figure> figures = new ArrayList<>();
        ExecutionPlan plan = Plans.sleeping(scale.sleepers());
        for (int parallel : new int[] {1, 2, 4, 8, 64}) {
            try (EngineUnderTest test = EngineUnderTest.open(store, parallel)) {
                double elapsed = Samples.medianOf(scale, () -> seconds(test.engine(), plan));
                figures.add(new Figure(
                        "W6",
                        store,
                        scale.sleepers(),
                        "speed_up_at_" + parallel,
                        scale.sleepers() * 0.010 / elapsed,
                        "x"));
            }
        }
        return figures;
    }
}
