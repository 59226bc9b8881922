package dev.ropewalk.tool.system.process;

import dev.ropewalk.tool.Usage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Measures what running trees consume, by looking at them from time to time.
///
/// The kernel keeps exact accounts, but hands them to whoever waits for the process, which is the
/// JDK, and the JDK drops them; what the kernel shows of *all* children of this JVM cannot be told
/// apart by attempt. So each tree is looked at first when it is [#FIRST_LOOK] old, then whenever it
/// has aged by an eighth, but at least every [#LONGEST_INTERVAL]. What a tree uses after the last
/// look is not counted, and a tree that ended before the first has no figures at all, which is the
/// truth.
///
/// CPU time of processes that ended and were waited for is included: the kernel adds it to their
/// parent's. All due trees share one snapshot of the process table. Safe for use by several
/// threads.
public final class UsageSampler implements AutoCloseable {
    static final Duration FIRST_LOOK = Duration.ofMillis(50);
    static final Duration LONGEST_INTERVAL = Duration.ofSeconds(1);

    private static final int SHARE_OF_AGE = 8;

    private final ProcessTable table;
    private final Set<Sample> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledThreadPoolExecutor clock;

    public UsageSampler(ProcessTable table) {
        this.table = table;
        this.clock = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform().daemon().name("ropewalk-usage").factory(),
                new ThreadPoolExecutor.DiscardPolicy());
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        clock.setRemoveOnCancelPolicy(true);
    }

    /// Begins to measure `tree`, which has just started.
    public Sample measure(ProcessTree tree) {
        Sample sample = new Sample(tree, System.nanoTime());
        running.add(sample);
        schedule();
        return sample;
    }

    private void schedule() {
        if (!running.isEmpty() && scheduled.compareAndSet(false, true)) {
            ScheduledFuture<?> _ = clock.schedule(this::look, FIRST_LOOK.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private void look() {
        scheduled.set(false);
        long now = System.nanoTime();
        List<Sample> due =
                running.stream().filter(sample -> sample.nextLook - now <= 0).toList();
        if (!due.isEmpty()) {
            List<ProcessEntry> snapshot = table.snapshot();
            due.forEach(sample -> sample.look(snapshot, now));
        }
        schedule();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    /// The figures of one tree.
    public final class Sample {
        private final ProcessTree tree;
        private final long started;
        private volatile long nextLook;
        private long cpuMillis;
        private long peakBytes;

        private Sample(ProcessTree tree, long started) {
            this.tree = tree;
            this.started = started;
            this.nextLook = started + FIRST_LOOK.toNanos();
        }

        /// Looks once more, because the tree is about to be ended.
        public void look() {
            look(table.snapshot(), System.nanoTime());
        }

        private synchronized void look(List<ProcessEntry> snapshot, long now) {
            long cpu = 0;
            long resident = 0;
            for (ProcessEntry member : tree.members(snapshot, false)) {
                cpu += member.cpuMillis();
                ProcessTable.ResidentSet memory = table.memory(member).orElse(new ProcessTable.ResidentSet(0, 0));
                resident += memory.now();
                peakBytes = Math.max(peakBytes, memory.peak());
            }
            cpuMillis = Math.max(cpuMillis, cpu);
            peakBytes = Math.max(peakBytes, resident);
            long interval =
                    Math.clamp((now - started) / SHARE_OF_AGE, FIRST_LOOK.toNanos(), LONGEST_INTERVAL.toNanos());
            nextLook = now + interval;
        }

        /// What was seen so far; an amount that was not measured, or too small for the kernel's
        /// clock of 10 ms, is left out.
        public synchronized List<Usage> figures() {
            List<Usage> usage = new ArrayList<>();
            if (cpuMillis > 0) {
                usage.add(new Usage(Usage.CPU_TIME, "ms", cpuMillis * 1000, 0));
            }
            if (peakBytes > 0) {
                usage.add(new Usage(Usage.MEMORY, "bytes", peakBytes * 1000, 0));
            }
            return List.copyOf(usage);
        }

        /// Ends the measurement and returns the figures.
        public List<Usage> stop() {
            running.remove(this);
            return figures();
        }
    }
}
