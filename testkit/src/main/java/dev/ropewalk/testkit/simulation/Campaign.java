package dev.ropewalk.testkit.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Many simulated runs, one a seed, on a few threads.
public final class Campaign {

    private static final int ENOUGH_FAILURES = 3;

    private final long firstSeed;
    private final long count;
    private final AtomicLong next = new AtomicLong();
    private final List<SimulationResult> failures = new ArrayList<>();
    private final FaultCounts faults = new FaultCounts();
    private @Nullable Throwable broken;
    private long runs;
    private long steps;
    private long micros;
    private long lives;
    private long hash;

    private Campaign(long firstSeed, long count) {
        this.firstSeed = firstSeed;
        this.count = count;
    }

    /// What came of it.
    ///
    /// @param runs how many there were; fewer than asked for if some failed
    /// @param failures the first that were found, by seed
    /// @param micros of virtual time, together
    /// @param lives of processes, together
    /// @param hash of all logs; the same for the same seeds, in any JVM
    public record Report(
            long runs,
            List<SimulationResult> failures,
            FaultCounts faults,
            long steps,
            long micros,
            long lives,
            long hash) {

        @Override
        public String toString() {
            return "%,d runs, %,d steps, %,d processes, %,.1f simulated days, log hash %016x; faults %s"
                    .formatted(runs, steps, lives, micros / 86_400e6, hash, faults);
        }
    }

    /// Runs the seeds from `firstSeed` on; stops early when it has found enough that fail.
    public static Report run(long firstSeed, long count, int threads) {
        Campaign campaign = new Campaign(firstSeed, count);
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            workers.add(Thread.ofPlatform().name("simulation-" + i).start(campaign::tryToWork));
        }
        for (Thread worker : workers) {
            join(worker);
        }
        return campaign.report();
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while simulations run", e);
        }
    }

    private void tryToWork() {
        try {
            work();
        } catch (Throwable e) {
            broken(e);
            throw e;
        }
    }

    private synchronized void broken(Throwable cause) {
        broken = cause;
    }

    private void work() {
        for (long i = next.getAndIncrement(); i < count && !enough(); i = next.getAndIncrement()) {
            add(Simulation.run(SimulationOptions.of(firstSeed + i)));
        }
    }

    private synchronized boolean enough() {
        return failures.size() >= ENOUGH_FAILURES;
    }

    private synchronized void add(SimulationResult result) {
        runs++;
        steps += result.steps();
        micros += result.micros();
        lives += result.lives();
        hash += result.logHash();
        faults.addAll(result.faults());
        if (result.violation().isPresent()) {
            failures.add(result);
        }
    }

    private synchronized Report report() {
        if (broken != null) {
            throw new IllegalStateException("the simulation itself is broken", broken);
        }
        failures.sort(Comparator.comparingLong(result -> result.options().seed()));
        return new Report(runs, List.copyOf(failures), faults, steps, micros, lives, hash);
    }
}
