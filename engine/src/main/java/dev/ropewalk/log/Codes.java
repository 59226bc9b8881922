package dev.ropewalk.log;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.DelayReason;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StopReason;
import dev.ropewalk.plan.OnDeadlineMissed;

/// The numbers that stand for constants in the log. They are given once and never change, whatever
/// order the constants are declared in.
final class Codes {

    private Codes() {}

    static int of(AttemptEnd end) {
        return switch (end) {
            case LOST -> 1;
            case SHUTDOWN -> 2;
            case STEP_RETRY -> 3;
            case CANCELLED -> 4;
            case PREEMPTED -> 5;
            case DEADLINE -> 6;
        };
    }

    static AttemptEnd readAttemptEnd(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> AttemptEnd.LOST;
            case 2 -> AttemptEnd.SHUTDOWN;
            case 3 -> AttemptEnd.STEP_RETRY;
            case 4 -> AttemptEnd.CANCELLED;
            case 5 -> AttemptEnd.PREEMPTED;
            case 6 -> AttemptEnd.DEADLINE;
            default -> throw in.corrupt("an attempt ended for the unknown reason " + code);
        };
    }

    static int of(SkipReason reason) {
        return switch (reason) {
            case WHEN_FALSE -> 1;
            case NOT_CHOSEN -> 2;
            case NOT_NEEDED -> 3;
            case FAILURE_TOLERATED -> 4;
            case UPSTREAM_FAILED -> 5;
        };
    }

    static SkipReason readSkipReason(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> SkipReason.WHEN_FALSE;
            case 2 -> SkipReason.NOT_CHOSEN;
            case 3 -> SkipReason.NOT_NEEDED;
            case 4 -> SkipReason.FAILURE_TOLERATED;
            case 5 -> SkipReason.UPSTREAM_FAILED;
            default -> throw in.corrupt("a task was skipped for the unknown reason " + code);
        };
    }

    static int of(DelayReason reason) {
        return switch (reason) {
            case LAG -> 1;
            case NOT_BEFORE -> 2;
            case WINDOW -> 3;
        };
    }

    static DelayReason readDelayReason(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> DelayReason.LAG;
            case 2 -> DelayReason.NOT_BEFORE;
            case 3 -> DelayReason.WINDOW;
            default -> throw in.corrupt("a task was delayed for the unknown reason " + code);
        };
    }

    static int of(OnDeadlineMissed action) {
        return switch (action) {
            case WARN -> 1;
            case FAIL -> 2;
            case ESCALATE -> 3;
        };
    }

    static OnDeadlineMissed readOnDeadlineMissed(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> OnDeadlineMissed.WARN;
            case 2 -> OnDeadlineMissed.FAIL;
            case 3 -> OnDeadlineMissed.ESCALATE;
            default -> throw in.corrupt("a missed deadline has the unknown meaning " + code);
        };
    }

    static int of(StopReason reason) {
        return switch (reason) {
            case FAILURE -> 1;
            case CANCEL -> 2;
            case TIMEOUT -> 3;
        };
    }

    static StopReason readStopReason(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> StopReason.FAILURE;
            case 2 -> StopReason.CANCEL;
            case 3 -> StopReason.TIMEOUT;
            default -> throw in.corrupt("an execution was stopped for the unknown reason " + code);
        };
    }

    static int of(ResourceGrant.Kind kind) {
        return switch (kind) {
            case POOL -> 1;
            case GROUP -> 2;
            case LOCK -> 3;
            case TOKENS -> 4;
            case MONEY -> 5;
        };
    }

    static ResourceGrant.Kind readGrantKind(ByteReader in) {
        int code = in.readByte();
        return switch (code) {
            case 1 -> ResourceGrant.Kind.POOL;
            case 2 -> ResourceGrant.Kind.GROUP;
            case 3 -> ResourceGrant.Kind.LOCK;
            case 4 -> ResourceGrant.Kind.TOKENS;
            case 5 -> ResourceGrant.Kind.MONEY;
            default -> throw in.corrupt("a grant of the unknown kind " + code);
        };
    }

    static boolean readFlag(ByteReader in) {
        int flag = in.readByte();
        if (flag > 1) {
            throw in.corrupt("neither true nor false: " + flag);
        }
        return flag == 1;
    }
}
