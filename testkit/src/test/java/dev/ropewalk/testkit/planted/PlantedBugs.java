package dev.ropewalk.testkit.planted;

import static dev.ropewalk.testkit.planted.CodeChange.after;
import static dev.ropewalk.testkit.planted.CodeChange.beforeBranch;
import static dev.ropewalk.testkit.planted.CodeChange.branch;
import static dev.ropewalk.testkit.planted.CodeChange.constant;
import static dev.ropewalk.testkit.planted.CodeChange.drop;
import static dev.ropewalk.testkit.planted.CodeChange.first;
import static dev.ropewalk.testkit.planted.CodeChange.instead;
import static dev.ropewalk.testkit.planted.CodeChange.keepField;
import static dev.ropewalk.testkit.planted.CodeChange.method;
import static dev.ropewalk.testkit.planted.CodeChange.operation;
import static dev.ropewalk.testkit.planted.CodeChange.twice;
import static dev.ropewalk.testkit.planted.CodeChange.type;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;

/// The bugs that the simulator has to find. Each is a mistake that somebody could make, or has made.
final class PlantedBugs {

    private static final ClassDesc STATE = type("execution.ExecutionState");
    private static final ClassDesc PROTOCOL = type("engine.LogProtocol");
    private static final ClassDesc APPENDER = type("engine.LogAppender");
    private static final ClassDesc BATCH = type("engine.PendingBatch");
    private static final ClassDesc LIVE = type("engine.LiveExecutions");
    private static final ClassDesc CONSUMER = ClassDesc.of("java.util.function.Consumer");

    private PlantedBugs() {}

    static List<PlantedBug> all() {
        return List.of(
                // What is durable, and when it is told.
                new PlantedBug(
                        "effects are released before the batch is synced",
                        "engine.LogProtocol",
                        "retry",
                        first(code -> code.aload(0)
                                .getfield(PROTOCOL, "appender", APPENDER)
                                .aload(0)
                                .getfield(PROTOCOL, "batch", BATCH)
                                .invokevirtual(APPENDER, "release", method(ConstantDescs.CD_void, BATCH)))),
                new PlantedBug(
                        "an answer is given when it is decided, not when it is durable",
                        "engine.Loop",
                        "answer",
                        first(code -> code.aload(1)
                                .aload(2)
                                .invokeinterface(
                                        CONSUMER, "accept", method(ConstantDescs.CD_void, ConstantDescs.CD_Object))
                                .return_())),
                new PlantedBug(
                        "a batch for which there is no space counts as written",
                        "engine.LogProtocol",
                        "retry",
                        drop("append")),
                new PlantedBug("digests are not chained", "engine.LogAppender", "encode", keepField("headDigest")),
                new PlantedBug("attempts are started twice", "engine.Loop", "start", twice("add", 1)),

                // Attempts and retries.
                new PlantedBug(
                        "one retry more than the policy allows",
                        "execution.RetryDecision",
                        "delay",
                        beforeBranch(
                                Opcode.IF_ICMPLE, 0, code -> code.iconst_1().iadd())),
                new PlantedBug(
                        "a failure that is not retryable is retried",
                        "execution.RetryDecision",
                        "delay",
                        drop("retryable", 0, CodeBuilder::iconst_1)),
                new PlantedBug(
                        "the jitter is twice as wide",
                        "execution.RetryDecision",
                        "delay",
                        constant(2.0, code -> code.loadConstant(4.0))),
                new PlantedBug(
                        "the result of an attempt that no longer runs is accepted",
                        "execution.ExecutionDecider",
                        "isStale",
                        instead(code -> code.iconst_0().ireturn())),
                new PlantedBug(
                        "a lost attempt counts as a failure",
                        "execution.Evolution",
                        "stopped",
                        first(code -> code.aload(0)
                                .getfield(STATE, "failures", ConstantDescs.CD_int.arrayType())
                                .aload(1)
                                .invokevirtual(
                                        type("execution.LogEvent$AttemptStopped"), "task", method(ConstantDescs.CD_int))
                                .dup2()
                                .iaload()
                                .iconst_1()
                                .iadd()
                                .iastore())),
                new PlantedBug(
                        "attempts of a dead process are not declared lost",
                        "execution.ExecutionDecider",
                        "recover",
                        drop("attemptEnded")),
                new PlantedBug(
                        "an attempt whose outcome is unknown runs again",
                        "execution.ExecutionDecider",
                        "attemptEnded",
                        branch(Opcode.IF_ACMPNE, Opcode.IF_ACMPEQ, 0)),
                new PlantedBug(
                        "after a recovery a task is queued as often as it was ever ready",
                        "execution.ExecutionDecider",
                        "recover",
                        drop("drain", 0, CodeBuilder::aconst_null)),

                // Order.
                new PlantedBug(
                        "a task starts before its last predecessor has ended",
                        "execution.Frontier",
                        "arriveAtStart",
                        beforeBranch(Opcode.IFEQ, 0, code -> code.iconst_1().isub())),
                new PlantedBug(
                        "a failure does not skip what needs the failed task",
                        "execution.Frontier",
                        "block",
                        instead(CodeBuilder::return_)),
                new PlantedBug(
                        "what comes after a step does not wait for one of its tasks",
                        "plan.PlanEnds",
                        "linkBarrier",
                        branch(Opcode.IFNE, Opcode.IFEQ, 0)),
                new PlantedBug(
                        "the tasks of a sequential step do not follow each other",
                        "plan.PlanLinking",
                        "linkMode",
                        drop("edge", 0, _ -> {})),

                // Steps and ends.
                new PlantedBug(
                        "a step that runs again stays in its generation",
                        "execution.StepReset",
                        "renew",
                        operation(Opcode.IADD, 0, code -> code.pop())),
                new PlantedBug(
                                "queued tasks start though the execution is cancelled",
                                "execution.ExecutionState",
                                "mayStart",
                                drop("stopping", 0, CodeBuilder::iconst_0))
                        .and("engine.Loop", "follow", drop("forget")),
                new PlantedBug(
                        "an execution ends while an attempt runs",
                        "execution.Ending",
                        "finish",
                        branch(Opcode.IFNE, Opcode.IFLT, 0)),

                // Timers.
                new PlantedBug(
                        "timers fire early",
                        "engine.Timers",
                        "take",
                        after("due", code -> code.loadConstant(50_000L).lsub())),
                new PlantedBug("recovery forgets who backs off", "engine.Loop", "resume", drop("set")),
                new PlantedBug(
                        "the loop does not rest while the disk is full",
                        "engine.Loop",
                        "step",
                        drop("mayDecide", 1, CodeBuilder::iconst_1)),
                new PlantedBug(
                        "time in which no process lived counts against the timeout",
                        "execution.Evolution",
                        "recovered",
                        keepField("activeSince")),

                // Dependency types, lags and constraints.
                new PlantedBug(
                        "who waits for a start is told at the end",
                        "execution.Frontier",
                        "started",
                        instead(CodeBuilder::return_)),
                new PlantedBug(
                        "nothing holds a completion",
                        "execution.Delays",
                        "succeeded",
                        drop("holdsEnd", 0, CodeBuilder::iconst_0)),
                new PlantedBug(
                        "a completion that was held is forgotten",
                        "execution.Frontier",
                        "arriveAtEnd",
                        drop("add", 0, _ -> {})),
                new PlantedBug(
                        "a lag before a start is ignored",
                        "execution.Waits",
                        "startNotBefore",
                        instead(CodeBuilder::return_)),
                new PlantedBug(
                        "a lag before a completion is ignored",
                        "execution.Waits",
                        "endNotBefore",
                        instead(CodeBuilder::return_)),
                new PlantedBug(
                        "a lag is counted again after a restart",
                        "engine.Loop",
                        "resume",
                        after("due", code -> code.loadConstant(120_000_000L).ladd())),
                new PlantedBug(
                        "conditions of dependencies are ignored",
                        "value.Evaluation",
                        "condition",
                        drop(
                                "conditions",
                                0,
                                code -> code.invokestatic(
                                        ConstantDescs.CD_List, "of", method(ConstantDescs.CD_List), true))),
                new PlantedBug(
                        "a window is not looked at again when it should be open",
                        "execution.Delays",
                        "due",
                        drop("mayBeQueued", 0, CodeBuilder::iconst_1)),
                new PlantedBug(
                        "what has been queued starts though its window has closed",
                        "execution.ExecutionDecider",
                        "hasMissedItsWindow",
                        instead(code -> code.iconst_0().ireturn())),
                new PlantedBug("deadlines do not pass", "engine.Loop", "armDeadline", instead(CodeBuilder::return_)),
                new PlantedBug(
                        "a task that missed its deadline goes on",
                        "execution.Deadlines",
                        "failed",
                        instead(code -> code.iconst_0().ireturn())),

                // Limits and clients.
                new PlantedBug(
                        "one attempt more than the engine's limit",
                        "engine.Loop",
                        "assign",
                        branch(Opcode.IF_ICMPGE, Opcode.IF_ICMPGT, 0)),
                new PlantedBug(
                        "an execution's own limit of attempts is ignored",
                        "engine.LiveExecution",
                        "hasRoom",
                        instead(code -> code.iconst_1().ireturn())),
                new PlantedBug(
                        "two submits with one key make two executions",
                        "engine.LiveExecutions",
                        "refusal",
                        after("orElse", code -> code.pop().aconst_null())),
                new PlantedBug(
                        "recovery does not say whose it is",
                        "engine.Loop",
                        "resume",
                        after("drainEvaluations", code -> code.lconst_0().lstore(2))),
                new PlantedBug(
                        "executions have no timeout", "engine.Loop", "armTimeout", instead(CodeBuilder::return_)),
                new PlantedBug(
                        "more executions run at once than allowed",
                        "engine.StartQueue",
                        "next",
                        beforeBranch(
                                Opcode.IF_ICMPGE,
                                0,
                                code -> code.pop2().iconst_0().iconst_1())),
                new PlantedBug(
                        "more executions wait than allowed",
                        "engine.StartQueue",
                        "isFull",
                        instead(code -> code.iconst_0().ireturn())),
                new PlantedBug(
                        "a tool's wish when to be asked again is ignored",
                        "execution.RetryDecision",
                        "delay",
                        drop("retryAfterMicros", 0, CodeBuilder::lconst_0)),
                new PlantedBug(
                        "what is lost again and again is started for ever",
                        "execution.ExecutionDecider",
                        "attemptEnded",
                        beforeBranch(
                                Opcode.IF_ICMPLT,
                                0,
                                code -> code.pop2().iconst_0().iconst_1())),
                new PlantedBug(
                        "a task runs though its condition does not hold",
                        "execution.ExecutionDecider",
                        "evaluated",
                        beforeBranch(Opcode.IFNE, 1, code -> code.pop().iconst_1())),
                new PlantedBug(
                        "a verdict of before the step ran again counts",
                        "execution.ExecutionDecider",
                        "isAwaited",
                        beforeBranch(
                                Opcode.IF_ICMPNE,
                                0,
                                code -> code.pop2().iconst_0().iconst_0())),

                // What is in memory, and what is stored.
                new PlantedBug(
                        "what has ended since it was read is adopted",
                        "engine.Loop",
                        "adopt",
                        drop("mayHaveLeft", 0, CodeBuilder::iconst_0)),
                new PlantedBug(
                        "an end counts as stored when it is decided",
                        "engine.LiveExecutions",
                        "remove",
                        first(code -> code.aload(0)
                                .aload(0)
                                .getfield(LIVE, "removed", ConstantDescs.CD_long)
                                .lconst_1()
                                .ladd()
                                .putfield(LIVE, "unloads", ConstantDescs.CD_long))),
                new PlantedBug(
                        "what was appended while a log is read belongs to it",
                        "recovery.Recovery",
                        "fold",
                        beforeBranch(Opcode.IFLE, 0, code -> code.pop().iconst_0())),

                // What executions share.
                new PlantedBug("a pool gets nothing back", "resource.ResourceLedger", "end", drop("release")),
                new PlantedBug("a place in a group stays taken", "resource.ResourceLedger", "end", drop("leave")),
                new PlantedBug(
                        "a pool gives more than it has",
                        "resource.Pool",
                        "hasRoom",
                        instead(code -> code.iconst_1().ireturn())),
                new PlantedBug(
                        "a lock is shared",
                        "resource.Lock",
                        "hasRoom",
                        instead(code -> code.iconst_1().ireturn())),
                new PlantedBug(
                        "a rate begins anew with each process",
                        "resource.RateWindow",
                        "restore",
                        instead(CodeBuilder::return_)),
                new PlantedBug(
                        "tokens are settled twice",
                        "resource.SpendingCounter",
                        "settle",
                        after("tokens", code -> code.loadConstant(2L).lmul())),
                new PlantedBug(
                        "a budget is not given back what was reserved",
                        "resource.SpendingCounter",
                        "settle",
                        keepField("reservedTokens")),
                new PlantedBug(
                        "balances are not written",
                        "engine.LogAppender",
                        "balances",
                        instead(code -> code.invokestatic(
                                        ConstantDescs.CD_List, "of", method(ConstantDescs.CD_List), true)
                                .areturn())),

                // Data.
                new PlantedBug(
                        "every item of a forEach sees the results of the first",
                        "value.InputCollector",
                        "recorded",
                        after("item", code -> code.pop().iconst_0())),
                new PlantedBug(
                        "secrets are recorded",
                        "value.Secrets",
                        "redact",
                        instead(code -> code.aload(1).areturn())));
    }
}
