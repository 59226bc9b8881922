package dev.ropewalk.recovery;

import dev.ropewalk.execution.Evolution;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.log.EventCodec;
import dev.ropewalk.log.FrameChain;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanFormat;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreReader;
import java.util.Arrays;
import java.util.List;

/// Gets an execution's state back from its log: a fold, nothing else. What follows from the state is
/// decided by the loop that adopts it.
public final class Recovery {

    private static final int PAGE = 256;

    private final StoreReader store;

    public Recovery(StoreReader store) {
        this.store = store;
    }

    /// The state that `row` stands for; events that were appended since it was read are left out.
    ///
    /// @throws StoreException `CORRUPT` if the log is not what its digests say
    public ExecutionState fold(ExecutionRow row) {
        ExecutionState state = new ExecutionState(plan(row));
        byte[] digest = new byte[32];
        while (state.lastSeq() < row.headSeq()) {
            List<Frame> frames = store.frames(row.number(), state.lastSeq() + 1, PAGE);
            if (frames.isEmpty()) {
                throw damaged(row, state.lastSeq() + 1, "the log ends here, its row says %d".formatted(row.headSeq()));
            }
            for (Frame frame : frames) {
                if (frame.firstSeq() > row.headSeq()) {
                    break;
                }
                if (frame.firstSeq() != state.lastSeq() + 1) {
                    throw damaged(row, frame.firstSeq(), "event %d is missing".formatted(state.lastSeq() + 1));
                }
                digest = check(row, frame, digest);
                List<LogEvent> events = EventCodec.decode(frame.format(), frame.bytes());
                for (LogEvent event : events) {
                    Evolution.evolve(state, event);
                }
            }
        }
        if (!Arrays.equals(digest, row.headDigest())) {
            throw damaged(row, state.lastSeq(), "its digest is not the one in the execution's row");
        }
        return state;
    }

    public ExecutionPlan plan(ExecutionRow row) {
        return plan(row.id(), row.planDigest());
    }

    /// @param execution for the message, should the plan be missing
    public ExecutionPlan plan(String execution, byte[] digest) {
        byte[] bytes = store.plan(digest)
                .orElseThrow(() -> new StoreException(
                        StoreException.Kind.CORRUPT, "the plan of execution %s is missing".formatted(execution)));
        return PlanFormat.decode(bytes);
    }

    private static byte[] check(ExecutionRow row, Frame frame, byte[] previous) {
        byte[] digest = FrameChain.digest(
                previous,
                frame.position(),
                frame.execution(),
                frame.epoch(),
                frame.firstSeq(),
                frame.count(),
                frame.format(),
                frame.bytes());
        if (!Arrays.equals(digest, frame.digest())) {
            throw damaged(row, frame.firstSeq(), "the frame's digest does not match");
        }
        return digest;
    }

    private static StoreException damaged(ExecutionRow row, long seq, String what) {
        return new StoreException(
                StoreException.Kind.CORRUPT,
                "the log of execution %s is damaged at event %d: %s".formatted(row.id(), seq, what));
    }
}
