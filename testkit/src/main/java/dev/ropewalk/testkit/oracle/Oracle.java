package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.log.EventCodec;
import dev.ropewalk.log.FrameChain;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.recovery.Recovery;
import dev.ropewalk.store.ExecutionQuery;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreReader;
import dev.ropewalk.testkit.VirtualClock;
import dev.ropewalk.value.BlobRefs;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Watches an engine from outside, over any number of processes: what clients were told, which events
/// became public, what the disk holds after a crash. Throws a [Violation] as soon as these do not agree
/// with each other or with the promises.
///
/// Source of the idea: the test oracles of Zhou et al., "FoundationDB", SIGMOD 2021, section 4.
public final class Oracle {

    private record Offer(WrittenOrder written, ExecutionPlan plan, String planDigest) {}

    private final Lives lives;
    private final SharedUse shared;
    private final Reports reports = new Reports();
    private final Map<String, Offer> offers = new HashMap<>();
    private final Map<String, Watched> watched = new LinkedHashMap<>();
    private final Map<String, String> ackedByKey = new HashMap<>();
    private final Set<String> acked = new HashSet<>();
    private final Set<String> refused = new HashSet<>();
    private final Set<String> cancelAsked = new HashSet<>();
    private final Set<String> cancelAcked = new HashSet<>();
    private final ExecutionRules.World world = new ExecutionRules.World() {
        @Override
        public long upMicros(long epoch, long at) {
            return lives.upMicros(epoch, at);
        }

        @Override
        public long upMicros() {
            return lives.upMicros();
        }

        @Override
        public boolean cancelWasAsked(String execution) {
            return cancelAsked.contains(execution);
        }

        @Override
        public boolean shutsDown(long epoch) {
            return lives.shutsDown(epoch);
        }

        @Override
        public boolean wallWentBack() {
            return lives.wallWentBack();
        }
    };
    private long epoch;
    private @Nullable StoreReader store;

    public Oracle(VirtualClock clock) {
        this.lives = new Lives(clock);
        this.shared = new SharedUse(clock);
    }

    /// Where the simulated tools say what they report.
    public Reports reports() {
        return reports;
    }

    /// A store was opened, and everything in it is looked at.
    public void opened(StoreReader opened) {
        store = opened;
        inspect(opened);
        shared.balances(opened.balances());
    }

    private byte[] blob(StoredValue.External value) {
        if (store == null) {
            throw new IllegalStateException("no store was opened");
        }
        try (InputStream in = store.blob(BlobRefs.of(value))) {
            return in.readAllBytes();
        } catch (IOException | StoreException e) {
            throw new Violation("I4", "a value is recorded and its bytes are lost: %s, %s".formatted(value, e));
        }
    }

    /// A process lives from now on.
    public void processBegins(long newEpoch, long wallMicros) {
        check(newEpoch > epoch, "I9", "epoch %d follows %d", newEpoch, epoch);
        epoch = newEpoch;
        lives.begin(newEpoch, wallMicros);
        shared.processBegins(wallMicros);
    }

    /// The process was told to end in order.
    public void processShutsDown() {
        lives.shutDown(epoch);
    }

    public void processEnds() {
        lives.end();
    }

    /// A client is about to submit this.
    public void offered(String id, Workflow workflow, ExecutionPlan plan, String planDigest) {
        offers.put(id, new Offer(new WrittenOrder(workflow), plan, planDigest));
    }

    /// A client was told that its submit is accepted.
    ///
    /// @param syncedSeq the last of the execution's events that survives a power cut
    public void submitAcked(String id, String key, long syncedSeq) {
        check(syncedSeq > 0, "I14", "%s is acknowledged, but not durable", id);
        acked.add(id);
        if (!key.isEmpty()) {
            String known = ackedByKey.putIfAbsent(key, id);
            check(known == null || known.equals(id), "I13", "key %s made both %s and %s", key, known, id);
        }
    }

    /// A client was told that its submit is not accepted, and has given up.
    public void refused(String id) {
        refused.add(id);
    }

    public void cancelAsked(String id) {
        cancelAsked.add(id);
    }

    public void cancelAcked(String id) {
        Watched execution = watched.get(id);
        check(
                execution != null && execution.model.stopped(),
                "I14",
                "the cancel of %s is acknowledged, not durable",
                id);
        cancelAcked.add(id);
    }

    /// Events of an execution have become public.
    ///
    /// @param syncedSeq the last of the execution's events that survives a power cut
    public void published(String id, long firstSeq, List<LogEvent> events, long syncedSeq) {
        long lastSeq = firstSeq + events.size() - 1;
        check(syncedSeq >= lastSeq, "I14", "%s: event %d is public, %d is durable", id, lastSeq, syncedSeq);
        watched(id).next(firstSeq, events, epoch);
    }

    private Watched watched(String id) {
        Watched known = watched.get(id);
        if (known != null) {
            return known;
        }
        Offer offer = offers.get(id);
        if (offer == null) {
            throw new Violation("I13", "there is an execution %s that nobody submitted".formatted(id));
        }
        ExecutionModel model = new ExecutionModel(id, offer.written(), offer.plan(), offer.planDigest());
        Watched first = new Watched(model, new ExecutionRules(model, world, reports, this::blob), shared);
        watched.put(id, first);
        return first;
    }

    /// The engine has a tool called.
    public void attemptStarts(String id, int task, int attempt) {
        TaskModel model = watched(id).model.task(task);
        check(
                model.stand == Stand.RUNNING && model.attempts == attempt,
                "I14",
                "%s: attempt %d starts before that is durable: %s",
                id,
                attempt,
                model);
        check(!cancelAcked.contains(id), "I8", "%s: %s starts after a cancel was acknowledged", id, model);
        shared.calls(watched(id).model, task);
    }

    /// What the tool is called with, if the attempt still counts.
    public void argumentsSeen(String id, int task, int attempt, Map<String, @Nullable Object> arguments) {
        Watched execution = watched(id);
        TaskModel model = execution.model.task(task);
        if (model.stand == Stand.RUNNING && model.attempts == attempt) {
            execution.rules.data().checkArguments(model, arguments);
        }
    }

    /// A batch is durable, and all of it is public.
    public void released() {
        if (store != null) {
            shared.balances(store.balances());
        }
    }

    /// A state in the engine's memory.
    public void liveState(String id, ExecutionState state) {
        Watched known = watched.get(id);
        if (known != null) {
            known.compareLive(state);
        }
    }

    /// The same, compared bit by bit.
    public void lastState(String id, ExecutionState state) {
        Watched known = watched.get(id);
        if (known != null) {
            known.compareBits(state);
        }
    }

    /// How many attempts the process of now runs, all executions together.
    public int running() {
        int running = 0;
        for (Watched execution : watched.values()) {
            if (execution.model.epoch == epoch) {
                running += execution.model.running();
            }
        }
        return running;
    }

    /// The executions that were accepted and have not ended.
    public List<String> unfinished() {
        return watched.values().stream()
                .filter(execution -> !execution.model.status.ended())
                .map(execution -> execution.model.toString())
                .toList();
    }

    /// The tasks that wait for another attempt, or for some other point in time, and until when, by the wall
    /// clock.
    public Map<Integer, Long> waiting(String id) {
        Map<Integer, Long> due = new LinkedHashMap<>();
        for (TaskModel task : watched(id).model.tasks) {
            boolean waits = task.stand == Stand.BACKING_OFF
                    || task.stand == Stand.DELAYED
                    || (task.stand == Stand.FINISHING && task.due > 0);
            if (waits) {
                due.put(task.index, task.due);
            }
        }
        return due;
    }

    /// The deadlines that are neither met nor missed, by the task's index, or -1 for the execution's.
    public Map<Integer, Long> deadlines(String id) {
        Map<Integer, Long> due = new LinkedHashMap<>();
        watched(id).rules.times().openDeadlines(due::put);
        return due;
    }

    /// How long the execution may run in all; 0 for any time.
    public long timeoutMicros(String id) {
        return watched(id).model.plan.timeoutMicros();
    }

    /// Whether it has ended or is about to.
    public boolean isStopped(String id) {
        return watched(id).model.stopped();
    }

    public boolean hasEnded(String id) {
        Watched known = watched.get(id);
        return known != null && known.model.status.ended();
    }

    /// The last events of every execution, for people.
    public String tail(int events) {
        StringBuilder text = new StringBuilder();
        watched.forEach((id, execution) -> {
            text.append(execution.model).append('\n');
            int from = Math.max(0, execution.history.size() - events);
            for (int i = from; i < execution.history.size(); i++) {
                text.append("  ")
                        .append(i + 1)
                        .append(' ')
                        .append(execution.history.get(i))
                        .append('\n');
            }
        });
        return text.toString();
    }

    private void inspect(StoreReader opened) {
        Recovery recovery = new Recovery(opened);
        Set<String> stored = new HashSet<>();
        Map<String, String> keys = new HashMap<>();
        List<ExecutionRow> rows =
                opened.executions(ExecutionQuery.newest(Integer.MAX_VALUE)).reversed();
        for (ExecutionRow row : rows) {
            check(stored.add(row.id()), "I13", "%s is stored twice", row.id());
            row.idempotencyKey().ifPresent(key -> {
                String other = keys.put(key, row.id());
                check(other == null, "I13", "key %s made both %s and %s", key, other, row.id());
            });
            inspect(row, opened.frames(row.number(), 1, Integer.MAX_VALUE));
            watched(row.id()).compareBits(recovery.fold(row));
        }
        for (String id : refused) {
            check(!stored.contains(id), "I19", "%s was refused and is stored", id);
        }
        for (String id : watched.keySet()) {
            check(stored.contains(id), "I4", "%s was public and is lost", id);
        }
        for (String id : acked) {
            check(stored.contains(id), "I4", "%s was acknowledged and is lost", id);
        }
    }

    private void inspect(ExecutionRow row, List<Frame> frames) {
        FrameChain.verify(frames, row.headSeq(), row.headDigest()).ifPresent(damage -> {
            throw new Violation("I20", String.valueOf(damage));
        });
        Watched execution = watched(row.id());
        for (Frame frame : frames) {
            List<LogEvent> events = EventCodec.decode(frame.format(), frame.bytes());
            check(
                    events.size() == frame.count(),
                    "I3",
                    "%s: %d events in a frame of %d",
                    row.id(),
                    events.size(),
                    frame.count());
            if (frame.firstSeq() > execution.model.lastSeq) {
                execution.next(frame.firstSeq(), events, frame.epoch());
            } else {
                int from = (int) frame.firstSeq() - 1;
                int to = (int) frame.lastSeq();
                check(
                        to <= execution.history.size()
                                && execution.history.subList(from, to).equals(events),
                        "I4",
                        "%s: events %d to %d are not those that were public",
                        row.id(),
                        frame.firstSeq(),
                        frame.lastSeq());
            }
        }
        check(
                row.headSeq() >= execution.model.lastSeq,
                "I4",
                "%s: event %d was public, the log ends with %d",
                row.id(),
                execution.model.lastSeq,
                row.headSeq());
        check(
                row.status().equals(execution.model.status.name())
                        && row.quarantine().isEmpty(),
                "I16",
                "%s: its row says %s %s, its events say %s",
                row.id(),
                row.status(),
                row.quarantine(),
                execution.model.status);
    }
}
