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

    private static final int RUNS = 3;
    private static final int CHAIN = 1_000;
    private static final int WIDTH = 10_000;
    private static final int PLANS = 2_000;
    private static final int PLAN_TASKS = 5;
    private static final int AT_ONCE = 100;
    static final int SINGLES = 300;
    static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int SLEEPERS = 128;

    private final String store;

    EngineWorkloads(String store) {
        this.store = store;
    }

    List<Figure> run() {
        List<Figure> figures = new ArrayList<>();
        try (EngineUnderTest test = EngineUnderTest.open(store, 256)) {
            ExecutionEngine engine = test.engine();
            ExecutionPlan chain = Plans.chain(CHAIN);
            figures.add(new Figure(
                    "W1",
                    store,
                    CHAIN,
                    "ms_per_task",
                    Samples.medianOf(RUNS, () -> seconds(engine, chain) * 1e3 / CHAIN),
                    "ms"));
            ExecutionPlan wide = Plans.wide(WIDTH);
            figures.add(new Figure(
                    "W2",
                    store,
                    WIDTH + 1,
                    "tasks_per_s",
                    Samples.medianOf(RUNS, () -> (WIDTH + 1) / seconds(engine, wide)),
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
        double[] rate = new double[RUNS];
        double[] p50 = new double[RUNS];
        double[] p99 = new double[RUNS];
        Samples.warmUp(() -> hundredAtOnce(engine, plan, new double[PLANS]));
        for (int run = 0; run < RUNS; run++) {
            double[] latencies = new double[PLANS];
            rate[run] = PLANS / hundredAtOnce(engine, plan, latencies);
            p50[run] = Samples.percentile(latencies, 50);
            p99[run] = Samples.percentile(latencies, 99);
        }
        double median = Samples.percentile(rate, 50);
        return List.of(
                new Figure("W3", store, PLANS, "executions_per_s", median, "1/s"),
                new Figure("W3", store, PLANS, "tasks_per_s", median * PLAN_TASKS, "1/s"),
                new Figure("W3", store, PLANS, "latency_p50_ms", Samples.percentile(p50, 50), "ms"),
                new Figure("W3", store, PLANS, "latency_p99_ms", Samples.percentile(p99, 50), "ms"));
    }

    /// @param latencies receives how long each execution took, in ms
    /// @return how long all took, in seconds
    private static double hundredAtOnce(ExecutionEngine engine, ExecutionPlan plan, double[] latencies) {
        Semaphore places = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> all = new ArrayList<>(PLANS);
        long start = System.nanoTime();
        for (int i = 0; i < PLANS; i++) {
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
        double[] p50 = new double[RUNS];
        double[] p99 = new double[RUNS];
        for (int run = -1; run < RUNS; run++) {
            double[] latencies = new double[SINGLES];
            for (int i = 0; i < SINGLES; i++) {
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
                new Figure("W5", store, SINGLES, "submit_to_start_p50_ms", Samples.percentile(p50, 50), "ms"),
                new Figure("W5", store, SINGLES, "submit_to_start_p99_ms", Samples.percentile(p99, 50), "ms"));
    }

    private List<Figure> speedUp() {
        List<Figure> figures = new ArrayList<>();
        ExecutionPlan plan = Plans.sleeping(SLEEPERS);
        for (int parallel : new int[] {1, 2, 4, 8, 64}) {
            try (EngineUnderTest test = EngineUnderTest.open(store, parallel)) {
                double elapsed = Samples.medianOf(RUNS, () -> seconds(test.engine(), plan));
                figures.add(
                        new Figure("W6", store, SLEEPERS, "speed_up_at_" + parallel, SLEEPERS * 0.010 / elapsed, "x"));
            }
        }
        return figures;
    }
}
