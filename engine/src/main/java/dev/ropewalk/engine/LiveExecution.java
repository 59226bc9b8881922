package dev.ropewalk.engine;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.scheduling.FirstCome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An execution that the loop has in memory. Owned by the loop, except [#headDigest], which is the log
/// writer's.
public final class LiveExecution extends FirstCome.Queue {

    /// An attempt that was started and whose end has not been recorded.
    static final class Running {
        final int attempt;
        final Work.Order order;

        /// By the loop's clock.
        final long startedAt;

        @Nullable
        StopCause stopCause;

        Running(int attempt, Work.Order order, long startedAt) {
            this.attempt = attempt;
            this.order = order;
            this.startedAt = startedAt;
        }
    }

    /// Why an attempt was told to stop.
    public enum StopCause {
        TIMEOUT,
        CANCELLED,
        STEP_RETRY,
        DEADLINE,
        PREEMPTED,
        SHUTDOWN;

        static StopCause of(AttemptEnd end) {
            return switch (end) {
                case CANCELLED, LOST -> CANCELLED;
                case STEP_RETRY -> STEP_RETRY;
                case DEADLINE -> DEADLINE;
                case PREEMPTED -> PREEMPTED;
                case SHUTDOWN -> SHUTDOWN;
            };
        }
    }

    private final Admission admission;
    private final ExecutionState state;
    private final Object attachment;
    final Map<Integer, Running> running = new LinkedHashMap<>();

    /// The events since the last frame was handed to the log writer.
    List<LogEvent> pending = new ArrayList<>();

    /// How many of its events were handed to the log writer.
    long handedOver;

    long timeoutArmed;
    long deadlineArmed;
    long nextTimer;
    boolean resultAsked;

    /// Whether it counts among those that run.
    boolean active;

    boolean unloaded;
    byte[] headDigest;

    public LiveExecution(Admission admission, ExecutionState state, Object attachment, byte[] headDigest) {
        this.admission = admission;
        this.state = state;
        this.attachment = attachment;
        this.headDigest = headDigest;
        this.handedOver = state.lastSeq();
    }

    public Admission admission() {
        return admission;
    }

    public ExecutionState state() {
        return state;
    }

    /// What [Work] keeps with the execution.
    public Object attachment() {
        return attachment;
    }

    boolean hasRoom() {
        int limit = state.plan().maxParallel();
        return limit == 0 || state.runningTasks() < limit;
    }

    /// What has been decided since the last call, for the log writer.
    PendingBatch.Draft handOver(long now) {
        List<LogEvent> events = pending;
        pending = new ArrayList<>(4);
        long firstSeq = handedOver + 1;
        handedOver += events.size();
        return new PendingBatch.Draft(
                this,
                firstSeq,
                events,
                state.status().name(),
                state.acceptedAt(),
                state.startedAt(),
                state.endedAt(),
                state.status().ended() ? 0 : nextDue(now),
                state.status() == ExecutionStatus.FAILED ? state.failure().map(Failure::code) : Optional.empty(),
                firstSeq == 1);
    }

    private long nextDue(long now) {
        long timeout = state.timeoutDue();
        long retry = nextTimer > now ? nextTimer : 0;
        return timeout == 0 || (retry != 0 && retry < timeout) ? retry : timeout;
    }

    @Override
    public String toString() {
        return "execution " + admission.id() + " " + state.status();
    }
}
