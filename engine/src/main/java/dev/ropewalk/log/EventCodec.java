package dev.ropewalk.log;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.LogEvent.AttemptFailed;
import dev.ropewalk.execution.LogEvent.AttemptStopped;
import dev.ropewalk.execution.LogEvent.CompletionHeld;
import dev.ropewalk.execution.LogEvent.ConditionEvaluated;
import dev.ropewalk.execution.LogEvent.DeadlineMissed;
import dev.ropewalk.execution.LogEvent.DelayEnded;
import dev.ropewalk.execution.LogEvent.ExecutionAccepted;
import dev.ropewalk.execution.LogEvent.ExecutionCancelled;
import dev.ropewalk.execution.LogEvent.ExecutionCompleted;
import dev.ropewalk.execution.LogEvent.ExecutionFailed;
import dev.ropewalk.execution.LogEvent.ExecutionStarted;
import dev.ropewalk.execution.LogEvent.ExecutionStopping;
import dev.ropewalk.execution.LogEvent.ExecutionTimedOut;
import dev.ropewalk.execution.LogEvent.RecoveryInitiated;
import dev.ropewalk.execution.LogEvent.ResultRejected;
import dev.ropewalk.execution.LogEvent.RetryScheduled;
import dev.ropewalk.execution.LogEvent.StepRetried;
import dev.ropewalk.execution.LogEvent.StepRetrying;
import dev.ropewalk.execution.LogEvent.TaskCompleted;
import dev.ropewalk.execution.LogEvent.TaskDelayed;
import dev.ropewalk.execution.LogEvent.TaskExpanded;
import dev.ropewalk.execution.LogEvent.TaskFailed;
import dev.ropewalk.execution.LogEvent.TaskSkipped;
import dev.ropewalk.execution.LogEvent.TaskStarted;
import dev.ropewalk.execution.LogEvent.TaskTimedOut;
import dev.ropewalk.execution.LogEvent.TasksCancelled;
import dev.ropewalk.execution.LogEvent.TasksQueued;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The encoding of events in the log, owned by the engine: whatever was written once can be read for
/// ever.
///
/// The bytes of a frame are its events, one after the other. An event is a tag, the microseconds
/// since the event before it (since 1970 for the first), and its fields in the order written here. The
/// tag is `type * 8 + version`. Numbers are of variable length, the lowest seven bits first.
///
/// An event whose fields change gets a new tag and keeps the old case in [#decode]; a tag is never
/// given a second meaning. A reader that meets a type or a version that it does not know was not
/// made for this log, and says so: to skip what it does not understand would fold to a wrong state.
/// See `docs/decisions/0001-event-codec.md`.
public final class EventCodec {

    /// The version of how events are put into a frame; that of an event's fields is in its tag.
    public static final int FORMAT = 1;

    private static final int VERSION_BITS = 3;

    // type << VERSION_BITS | version. Those that are frequent have types below 16: one byte.
    private static final int EXECUTION_ACCEPTED = 1 << VERSION_BITS | 1;
    private static final int EXECUTION_STARTED = 2 << VERSION_BITS | 1;
    private static final int TASKS_QUEUED = 3 << VERSION_BITS | 1;
    private static final int TASK_STARTED = 4 << VERSION_BITS | 1;
    private static final int TASK_STARTED_WITH_GRANTS = 4 << VERSION_BITS | 2;
    private static final int TASK_COMPLETED = 5 << VERSION_BITS | 1;
    private static final int ATTEMPT_FAILED = 6 << VERSION_BITS | 1;
    private static final int ATTEMPT_STOPPED = 7 << VERSION_BITS | 1;
    private static final int ATTEMPT_STOPPED_WITH_CHECKPOINT = 7 << VERSION_BITS | 2;
    private static final int RETRY_SCHEDULED = 8 << VERSION_BITS | 1;
    private static final int TASK_FAILED = 9 << VERSION_BITS | 1;
    private static final int TASK_TIMED_OUT = 10 << VERSION_BITS | 1;
    private static final int TASK_SKIPPED = 11 << VERSION_BITS | 1;
    private static final int TASKS_CANCELLED = 12 << VERSION_BITS | 1;
    private static final int CONDITION_EVALUATED = 13 << VERSION_BITS | 1;
    private static final int TASK_EXPANDED = 14 << VERSION_BITS | 1;
    private static final int EXECUTION_COMPLETED = 15 << VERSION_BITS | 1;
    private static final int STEP_RETRYING = 16 << VERSION_BITS | 1;
    private static final int STEP_RETRIED = 17 << VERSION_BITS | 1;
    private static final int EXECUTION_STOPPING = 18 << VERSION_BITS | 1;
    private static final int EXECUTION_FAILED = 19 << VERSION_BITS | 1;
    private static final int EXECUTION_CANCELLED = 20 << VERSION_BITS | 1;
    private static final int EXECUTION_TIMED_OUT = 21 << VERSION_BITS | 1;
    private static final int RECOVERY_INITIATED = 22 << VERSION_BITS | 1;
    private static final int RESULT_REJECTED = 23 << VERSION_BITS | 1;
    private static final int COMPLETION_HELD = 24 << VERSION_BITS | 1;
    private static final int TASK_DELAYED = 25 << VERSION_BITS | 1;
    private static final int DELAY_ENDED = 26 << VERSION_BITS | 1;
    private static final int DEADLINE_MISSED = 27 << VERSION_BITS | 1;

    private static final ThreadLocal<ByteWriter> WRITER = ThreadLocal.withInitial(ByteWriter::new);

    private EventCodec() {}

    /// The bytes of a frame that holds `events`.
    ///
    /// @throws IllegalArgumentException if an event contradicts itself: a time before the one of the
    ///     event before it, a negative index
    public static byte[] encode(List<LogEvent> events) {
        ByteWriter out = WRITER.get();
        out.clear();
        long time = 0;
        for (int i = 0; i < events.size(); i++) {
            LogEvent event = events.get(i);
            encode(event, time, out);
            time = event.at();
        }
        return out.take();
    }

    private static void encode(LogEvent event, long before, ByteWriter out) {
        switch (event) {
            case TaskStarted e -> {
                boolean plain = e.grants().isEmpty() && e.agent().isEmpty();
                head(out, plain ? TASK_STARTED : TASK_STARTED_WITH_GRANTS, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
                if (!plain) {
                    Values.writeGrants(out, e.grants());
                    out.writeText(e.agent());
                }
            }
            case TaskCompleted e -> {
                head(out, TASK_COMPLETED, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
                Values.write(out, e.result());
                measured(out, e.inputDigest(), e.runMicros(), e.usage());
            }
            case TasksQueued e -> {
                head(out, TASKS_QUEUED, e, before);
                Values.write(out, e.tasks());
            }
            case ExecutionAccepted e -> {
                head(out, EXECUTION_ACCEPTED, e, before);
                out.writeText(e.id());
                out.writeFixed(e.seed());
                Values.writeDigest(out, e.planDigest());
            }
            case ExecutionStarted e -> head(out, EXECUTION_STARTED, e, before);
            case AttemptFailed e -> {
                head(out, ATTEMPT_FAILED, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
                Values.write(out, e.failure());
                measured(out, e.inputDigest(), e.runMicros(), e.usage());
            }
            case AttemptStopped e -> {
                boolean saved = e.checkpoint().isPresent();
                head(out, saved ? ATTEMPT_STOPPED_WITH_CHECKPOINT : ATTEMPT_STOPPED, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
                out.writeByte(Codes.of(e.reason()));
                e.checkpoint().ifPresent(checkpoint -> Values.write(out, checkpoint));
            }
            case CompletionHeld e -> {
                head(out, COMPLETION_HELD, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
                Values.write(out, e.result());
                measured(out, e.inputDigest(), e.runMicros(), e.usage());
            }
            case TaskDelayed e -> {
                head(out, TASK_DELAYED, e, before);
                index(out, e.task());
                out.writeSigned(e.due() - e.at());
                out.writeByte(Codes.of(e.reason()));
            }
            case DelayEnded e -> {
                head(out, DELAY_ENDED, e, before);
                index(out, e.task());
            }
            case DeadlineMissed e -> {
                head(out, DEADLINE_MISSED, e, before);
                indexOrNone(out, e.task());
                out.writeByte(Codes.of(e.action()));
            }
            case RetryScheduled e -> {
                head(out, RETRY_SCHEDULED, e, before);
                index(out, e.task());
                out.writeSigned(e.due() - e.at());
            }
            case TaskFailed e -> {
                head(out, TASK_FAILED, e, before);
                index(out, e.task());
                Values.write(out, e.failure());
            }
            case TaskTimedOut e -> {
                head(out, TASK_TIMED_OUT, e, before);
                index(out, e.task());
                Values.write(out, e.failure());
            }
            case TaskSkipped e -> {
                head(out, TASK_SKIPPED, e, before);
                index(out, e.task());
                out.writeByte(Codes.of(e.reason()));
                indexOrNone(out, e.cause());
            }
            case TasksCancelled e -> {
                head(out, TASKS_CANCELLED, e, before);
                Values.write(out, e.tasks());
            }
            case ConditionEvaluated e -> {
                head(out, CONDITION_EVALUATED, e, before);
                index(out, e.task());
                out.writeByte(e.holds() ? 1 : 0);
            }
            case TaskExpanded e -> {
                head(out, TASK_EXPANDED, e, before);
                index(out, e.task());
                out.writeNatural(e.count(), "the number of items");
                Values.write(out, e.items());
            }
            case StepRetrying e -> {
                head(out, STEP_RETRYING, e, before);
                index(out, e.step());
                indexOrNone(out, e.cause());
                Values.write(out, e.failure());
            }
            case StepRetried e -> {
                head(out, STEP_RETRIED, e, before);
                index(out, e.step());
            }
            case ExecutionStopping e -> {
                head(out, EXECUTION_STOPPING, e, before);
                out.writeByte(Codes.of(e.reason()));
                indexOrNone(out, e.cause());
                Values.write(out, e.failure());
            }
            case ExecutionCompleted e -> {
                head(out, EXECUTION_COMPLETED, e, before);
                Values.write(out, e.result());
            }
            case ExecutionFailed e -> {
                head(out, EXECUTION_FAILED, e, before);
                indexOrNone(out, e.task());
                Values.write(out, e.failure());
            }
            case ExecutionCancelled e -> {
                head(out, EXECUTION_CANCELLED, e, before);
                out.writeText(e.reason());
            }
            case ExecutionTimedOut e -> head(out, EXECUTION_TIMED_OUT, e, before);
            case RecoveryInitiated e -> {
                head(out, RECOVERY_INITIATED, e, before);
                out.writeNatural(e.epoch(), "an epoch");
                out.writeNatural(e.lost(), "the number of lost attempts");
            }
            case ResultRejected e -> {
                head(out, RESULT_REJECTED, e, before);
                index(out, e.task());
                attempt(out, e.attempt());
            }
        }
    }

    /// What was measured of an attempt that ended with an outcome.
    private static void measured(ByteWriter out, String inputDigest, long runMicros, List<ResourceUse> usage) {
        Values.writeDigest(out, inputDigest);
        out.writeSigned(runMicros);
        Values.write(out, usage);
    }

    private static void head(ByteWriter out, int tag, LogEvent event, long before) {
        out.writeUnsigned(tag);
        if (event.at() < before) {
            throw new IllegalArgumentException("time goes back from %d to %d in %s"
                    .formatted(before, event.at(), event.getClass().getSimpleName()));
        }
        out.writeUnsigned(event.at() - before);
    }

    private static void index(ByteWriter out, int index) {
        out.writeNatural(index, "an index");
    }

    /// An index from 0, or -1 for none.
    private static void indexOrNone(ByteWriter out, int index) {
        out.writeNatural(index + 1L, "an index plus one");
    }

    private static void attempt(ByteWriter out, int attempt) {
        out.writeNatural(attempt, "an attempt");
    }

    /// The events of a frame.
    ///
    /// @param format in which the frame was written
    /// @throws StoreException `TOO_NEW` if a newer version of the program wrote it, `CORRUPT` if these
    ///     bytes are not those of a frame
    public static List<LogEvent> decode(int format, byte[] bytes) {
        if (format != FORMAT) {
            throw format > FORMAT
                    ? tooNew("a frame in format %d; this version reads up to %d".formatted(format, FORMAT))
                    : new StoreException(Kind.CORRUPT, "a frame in format " + format + ", which never existed");
        }
        ByteReader in = new ByteReader(bytes);
        List<LogEvent> events = new ArrayList<>();
        long time = 0;
        while (!in.atEnd()) {
            int tag = in.readInt("the tag of an event");
            time += in.readNatural("the time of an event");
            if (time < 0) {
                throw in.corrupt("a time beyond 64 bits");
            }
            events.add(decode(tag, time, in));
        }
        return events;
    }

    private static LogEvent decode(int tag, long at, ByteReader in) {
        return switch (tag) {
            case EXECUTION_ACCEPTED -> new ExecutionAccepted(at, in.readText(), in.readFixed(), Values.readDigest(in));
            case EXECUTION_STARTED -> new ExecutionStarted(at);
            case TASKS_QUEUED -> new TasksQueued(at, Values.readRanges(in));
            case TASK_STARTED -> new TaskStarted(at, readIndex(in), readAttempt(in));
            case TASK_STARTED_WITH_GRANTS ->
                new TaskStarted(at, readIndex(in), readAttempt(in), Values.readGrants(in), in.readText());
            case TASK_COMPLETED ->
                new TaskCompleted(
                        at,
                        readIndex(in),
                        readAttempt(in),
                        Values.readValue(in),
                        Values.readDigest(in),
                        in.readSigned(),
                        Values.readUsage(in));
            case ATTEMPT_FAILED ->
                new AttemptFailed(
                        at,
                        readIndex(in),
                        readAttempt(in),
                        Values.readFailure(in),
                        Values.readDigest(in),
                        in.readSigned(),
                        Values.readUsage(in));
            case ATTEMPT_STOPPED -> new AttemptStopped(at, readIndex(in), readAttempt(in), Codes.readAttemptEnd(in));
            case ATTEMPT_STOPPED_WITH_CHECKPOINT ->
                new AttemptStopped(
                        at,
                        readIndex(in),
                        readAttempt(in),
                        Codes.readAttemptEnd(in),
                        Optional.of(Values.readValue(in)));
            case COMPLETION_HELD ->
                new CompletionHeld(
                        at,
                        readIndex(in),
                        readAttempt(in),
                        Values.readValue(in),
                        Values.readDigest(in),
                        in.readSigned(),
                        Values.readUsage(in));
            case TASK_DELAYED -> new TaskDelayed(at, readIndex(in), at + in.readSigned(), Codes.readDelayReason(in));
            case DELAY_ENDED -> new DelayEnded(at, readIndex(in));
            case DEADLINE_MISSED -> new DeadlineMissed(at, readIndexOrNone(in), Codes.readOnDeadlineMissed(in));
            case RETRY_SCHEDULED -> new RetryScheduled(at, readIndex(in), at + in.readSigned());
            case TASK_FAILED -> new TaskFailed(at, readIndex(in), Values.readFailure(in));
            case TASK_TIMED_OUT -> new TaskTimedOut(at, readIndex(in), Values.readFailure(in));
            case TASK_SKIPPED -> new TaskSkipped(at, readIndex(in), Codes.readSkipReason(in), readIndexOrNone(in));
            case TASKS_CANCELLED -> new TasksCancelled(at, Values.readRanges(in));
            case CONDITION_EVALUATED -> new ConditionEvaluated(at, readIndex(in), Codes.readFlag(in));
            case TASK_EXPANDED ->
                new TaskExpanded(at, readIndex(in), in.readInt("the number of items"), Values.readValue(in));
            case STEP_RETRYING -> new StepRetrying(at, readIndex(in), readIndexOrNone(in), Values.readFailure(in));
            case STEP_RETRIED -> new StepRetried(at, readIndex(in));
            case EXECUTION_STOPPING ->
                new ExecutionStopping(at, Codes.readStopReason(in), readIndexOrNone(in), Values.readFailure(in));
            case EXECUTION_COMPLETED -> new ExecutionCompleted(at, Values.readValue(in));
            case EXECUTION_FAILED -> new ExecutionFailed(at, readIndexOrNone(in), Values.readFailure(in));
            case EXECUTION_CANCELLED -> new ExecutionCancelled(at, in.readText());
            case EXECUTION_TIMED_OUT -> new ExecutionTimedOut(at);
            case RECOVERY_INITIATED ->
                new RecoveryInitiated(at, in.readNatural("an epoch"), in.readInt("the number of lost attempts"));
            case RESULT_REJECTED -> new ResultRejected(at, readIndex(in), readAttempt(in));
            default -> throw unknown(tag);
        };
    }

    private static int readIndex(ByteReader in) {
        return in.readInt("an index");
    }

    private static int readIndexOrNone(ByteReader in) {
        return in.readInt("an index plus one") - 1;
    }

    private static int readAttempt(ByteReader in) {
        return in.readInt("an attempt");
    }

    private static StoreException unknown(int tag) {
        int version = tag & (1 << VERSION_BITS) - 1;
        int type = tag >>> VERSION_BITS;
        if (type == 0 || version == 0) {
            return new StoreException(
                    Kind.CORRUPT, "an event of type %d, version %d, which never existed".formatted(type, version));
        }
        return tooNew("an event of type %d, version %d, which this version does not know".formatted(type, version));
    }

    private static StoreException tooNew(String what) {
        return new StoreException(
                Kind.TOO_NEW, what + ": written by a newer version of Ropewalk, read it with that one or a later");
    }
}
