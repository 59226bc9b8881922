package dev.ropewalk.monitoring;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.log.EventCodec;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.TaskRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the rows of tasks up to date, from the log alone, behind it and in no hurry: it reads what has
/// been appended since its cursor, folds it, and writes each task that has changed once. What it has
/// not reached yet can be read from the log.
final class TaskProjection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskProjection.class);
    private static final int FRAMES = 512;
    private static final int ROWS = 1_000;
    private static final int FRAMES_UNTIL_ALL = 16 * FRAMES;
    private static final int PLANS = 16;
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Store store;
    private final Recovery recovery;
    private final LogReader log;
    private final Map<Long, ProjectedExecution> executions = new HashMap<>();
    private final Map<String, ExecutionPlan> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ExecutionPlan> eldest) {
            return size() > PLANS;
        }
    };
    private final Thread thread;
    private long written;
    private volatile boolean behind = true;
    private volatile boolean closed;

    TaskProjection(Store store) {
        this.store = store;
        this.recovery = new Recovery(store);
        this.log = new LogReader(store);
        this.written = store.projectedPosition();
        this.thread = Thread.ofPlatform().name("ropewalk-projection").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /// Something was appended.
    void wake() {
        behind = true;
    }

    private void run() {
        try {
            while (!closed) {
                LockSupport.parkNanos(this, PAUSE_NANOS);
                if (behind) {
                    behind = false;
                    catchUp();
                }
            }
            catchUp();
        } catch (StoreException e) {
            LOG.warn("Tasks are no longer projected; they are read from the log code={}", e.code(), e);
        }
    }

    /// Follows the log to its end as it is now: what is appended meanwhile is left for the next time,
    /// when more of it has changed for the last time.
    private void catchUp() {
        long cursor = written;
        long end = store.lastPosition();
        while (cursor < end) {
            List<Frame> frames = store.framesAfter(cursor, FRAMES);
            frames.forEach(this::follow);
            cursor = frames.getLast().position();
            boolean all = cursor >= end || cursor - written >= FRAMES_UNTIL_ALL;
            if (all) {
                write(_ -> true, cursor);
            } else {
                write(ProjectedExecution::ended, written);
            }
        }
    }

    private void follow(Frame frame) {
        ProjectedExecution execution = executions.get(frame.execution());
        if (execution == null) {
            execution = load(frame);
            executions.put(frame.execution(), execution);
        }
        ProjectedExecution known = execution;
        EventCodec.decode(frame.format(), frame.bytes()).forEach(known::follow);
    }

    private ProjectedExecution load(Frame frame) {
        ProjectedExecution execution = new ProjectedExecution(frame.execution(), plan(frame));
        long[] seq = {0};
        if (frame.firstSeq() > 1) {
            log.forEach(frame.execution(), 1, event -> {
                if (++seq[0] < frame.firstSeq()) {
                    execution.follow(event);
                }
            });
            execution.drain();
        }
        return execution;
    }

    /// The first event of an execution names its plan.
    private ExecutionPlan plan(Frame frame) {
        LogEvent first = frame.firstSeq() == 1
                ? EventCodec.decode(frame.format(), frame.bytes()).getFirst()
                : log.event(frame.execution(), 1);
        if (!(first instanceof LogEvent.ExecutionAccepted accepted)) {
            throw new StoreException(
                    StoreException.Kind.CORRUPT,
                    "the log of execution number %d starts with %s".formatted(frame.execution(), first));
        }
        return plans.computeIfAbsent(
                accepted.planDigest(),
                digest -> recovery.plan(accepted.id(), HexFormat.of().parseHex(digest)));
    }

    /// Writes what has changed in some executions, and that everything up to `position` is written.
    private void write(Predicate<ProjectedExecution> which, long position) {
        List<TaskRow> rows = new ArrayList<>();
        executions.values().stream().filter(which).forEach(execution -> rows.addAll(execution.drain()));
        executions.values().removeIf(ProjectedExecution::ended);
        int rest = rows.isEmpty() ? 0 : (rows.size() - 1) / ROWS * ROWS;
        for (int from = 0; from < rest; from += ROWS) {
            store.project(rows.subList(from, from + ROWS), written);
        }
        if (rest < rows.size() || position > written) {
            store.project(rows.subList(rest, rows.size()), position);
        }
        written = position;
    }

    /// Catches up and ends.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(30));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
