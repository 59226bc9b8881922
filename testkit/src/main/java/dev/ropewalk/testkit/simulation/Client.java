package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.Admission;
import dev.ropewalk.engine.LoopInput;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.engine.PlanFacts;
import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanFormat;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.value.InputCollector;
import dev.ropewalk.value.PlanReferences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Somebody who wants one plan to be executed and does not let go: who hears nothing asks again.
final class Client {

    /// How long after the grace a cancelled execution may live.
    private static final long CANCEL_MICROS = 1_000_000;

    private final Simulation world;
    private final Workflow workflow;
    private final ExecutionPlan plan;
    private final byte[] planBytes;
    private final byte[] planDigest;
    private final Optional<String> key;
    private final List<Submit> submits = new ArrayList<>();
    private final List<Cancel> cancels = new ArrayList<>();
    private String accepted = "";

    /// One submit, however often it is sent.
    private static final class Submit {
        final String id;
        final boolean changed;

        /// Takes no for an answer.
        final boolean modest;

        @Nullable
        SimulatedProcess sentTo;

        int tries;
        boolean resolved;

        Submit(String id, boolean changed, boolean modest) {
            this.id = id;
            this.changed = changed;
            this.modest = modest;
        }
    }

    private static final class Cancel {
        @Nullable
        SimulatedProcess sentTo;

        int tries;
        boolean resolved;
    }

    Client(Simulation world, Optional<String> key, Workflow workflow, ExecutionPlan plan) {
        this.world = world;
        this.key = key;
        this.workflow = workflow;
        this.plan = plan;
        this.planBytes = PlanFormat.encode(plan);
        this.planDigest = Simulation.sha256().digest(planBytes);
    }

    /// @param id another for each submit if there is a key, else always the same
    void submitIn(long micros, String id, boolean modest) {
        world.oracle().offered(id, workflow, plan, HexFormat.of().formatHex(planDigest));
        Submit submit = new Submit(id, false, modest);
        submits.add(submit);
        world.clock().in(micros, () -> send(submit));
    }

    /// Submits something else under the same name, once the first is accepted.
    void submitOtherIn(long micros, String id) {
        world.clock().in(micros, () -> {
            if (!accepted.isEmpty()) {
                Submit submit = new Submit(key.isPresent() ? id : accepted, true, false);
                submits.add(submit);
                send(submit);
            }
        });
    }

    void cancelIn(long micros) {
        world.clock().in(micros, () -> {
            if (!accepted.isEmpty()) {
                Cancel cancel = new Cancel();
                cancels.add(cancel);
                send(cancel);
            }
        });
    }

    /// Cancels what is perhaps not accepted yet, once, and takes no for an answer.
    void cancelEarlyIn(long micros, String id) {
        world.clock().in(micros, () -> {
            SimulatedProcess process = world.process();
            if (process != null) {
                world.oracle().cancelAsked(id);
                process.offer(new LoopInput.Cancel("", id, "a client thought better of it", answer -> {
                    process.effect();
                    if (answer instanceof Answer.Done) {
                        world.count(Fault.EARLY_CANCEL);
                        world.oracle().cancelAcked(id);
                    }
                }));
            }
        });
    }

    void resumeIn(long micros) {
        world.clock().in(micros, this::resume);
    }

    private void resumeOnDemand() {
        if (world.has(Fault.RESUME_ON_DEMAND)) {
            resume();
        }
    }

    private void resume() {
        SimulatedProcess process = world.process();
        if (process != null && !accepted.isEmpty()) {
            process.resume(accepted);
        }
    }

    void lookIn(long micros) {
        world.clock().in(micros, this::look);
    }

    /// A new process lives: whatever the last one left open is asked again.
    void processBegins() {
        if (!accepted.isEmpty()) {
            later(this::resumeOnDemand);
        }
        for (Submit submit : submits) {
            if (!submit.resolved && submit.sentTo != null) {
                later(() -> send(submit));
            }
        }
        for (Cancel cancel : cancels) {
            if (!cancel.resolved && cancel.sentTo != null) {
                later(() -> send(cancel));
            }
        }
    }

    boolean isContent() {
        return submits.stream().allMatch(submit -> submit.resolved)
                && cancels.stream().allMatch(cancel -> cancel.resolved);
    }

    private void later(Runnable action) {
        world.clock().in(world.random().skewed(1_000, 3_000_000), action);
    }

    /// Each time after twice the time.
    private void later(int tries, Runnable action) {
        long longest = 500_000L << Math.min(tries, 8);
        world.clock().in(world.random().skewed(1_000, longest), action);
    }

    private void send(Submit submit) {
        SimulatedProcess process = world.process();
        if (submit.resolved || (process != null && submit.sentTo == process)) {
            return;
        }
        if (process == null) {
            later(() -> send(submit));
            return;
        }
        submit.sentTo = process;
        Admission admission = new Admission(
                0,
                "",
                submit.id,
                plan.name(),
                plan.version(),
                planDigest,
                Optional.of(planBytes),
                key,
                body(submit),
                List.of(),
                "{}");
        long checkedAt = process.loop().unloads();
        process.in(world.random().skewed(1, 3_000), () -> {
            Answer known = known(process, admission);
            if (known != null) {
                answered(submit, process, known);
            } else {
                process.in(world.random().skewed(1, 3_000), () -> offer(submit, process, admission, checkedAt));
            }
        });
    }

    private static byte[] body(Submit submit) {
        byte[] body = new byte[32];
        body[0] = (byte) (submit.changed ? 2 : 1);
        return body;
    }

    private void offer(Submit submit, SimulatedProcess process, Admission admission, long checkedAt) {
        InputCollector inputs = new InputCollector(PlanReferences.of(plan));
        PlanFacts facts = PlanFacts.of(plan, DurationEstimates.stated());
        boolean taken = process.offer(new LoopInput.Submit(
                admission, plan, facts, inputs, world.random().next(), checkedAt, answer -> {
                    process.effect();
                    answered(submit, process, answer);
                }));
        if (!taken) {
            world.count(Fault.OVERLOAD);
            again(submit);
        }
    }

    private void again(Submit submit) {
        submit.sentTo = null;
        later(submit.tries++, () -> send(submit));
    }

    /// What the store knows, asked before the loop is, as the engine's face does.
    private static @Nullable Answer known(SimulatedProcess process, Admission admission) {
        Optional<ExecutionRow> row =
                admission.idempotencyKey().flatMap(text -> process.store().executionByKey("", text));
        if (row.isEmpty()) {
            row = process.store().execution("", admission.id());
        }
        if (row.isEmpty()) {
            return null;
        }
        return Arrays.equals(row.get().bodyDigest(), admission.bodyDigest())
                ? new Answer.Done(row.get().id(), true)
                : new Answer.Refused("IDEMPOTENCY_CONFLICT", "the store knows something else", "");
    }

    private void answered(Submit submit, SimulatedProcess process, Answer answer) {
        switch (answer) {
            case Answer.Done(String id, boolean known) -> {
                if (submit.changed) {
                    throw new Violation("I13", "%s is accepted with another body".formatted(submit.id));
                }
                if (known) {
                    world.count(Fault.DUPLICATE_SUBMIT);
                }
                long synced = process.store()
                        .execution("", id)
                        .map(row -> process.store().syncedSeq(row.number()))
                        .orElse(0L);
                world.oracle().submitAcked(id, key.orElse(""), synced);
                accepted = id;
                submit.resolved = true;
                resumeOnDemand();
            }
            case Answer.Refused(String code, String message, String _) -> {
                switch (code) {
                    case "QUEUE_FULL", "STORAGE_FULL", "SHUTTING_DOWN" -> {
                        world.count(Fault.OVERLOAD);
                        if (submit.modest) {
                            submit.resolved = true;
                            world.oracle().refused(submit.id);
                        } else {
                            again(submit);
                        }
                    }
                    default -> {
                        if (!submit.changed) {
                            throw new Violation("I13", "%s is refused: %s %s".formatted(submit.id, code, message));
                        }
                        world.count(Fault.CHANGED_BODY);
                        submit.resolved = true;
                    }
                }
            }
            case Answer.NotHere _ -> again(submit);
        }
    }

    private void send(Cancel cancel) {
        SimulatedProcess process = world.process();
        if (cancel.resolved || (process != null && cancel.sentTo == process)) {
            return;
        }
        if (process == null) {
            later(() -> send(cancel));
            return;
        }
        cancel.sentTo = process;
        world.oracle().cancelAsked(accepted);
        boolean taken = process.offer(new LoopInput.Cancel("", accepted, "a client asked for it", answer -> {
            process.effect();
            answered(cancel, process, answer);
        }));
        if (!taken) {
            again(cancel);
        }
    }

    private void again(Cancel cancel) {
        cancel.sentTo = null;
        later(cancel.tries++, () -> send(cancel));
    }

    /// An engine that lives and whose disk is well brings a cancelled execution to its end.
    private void expectEnd(SimulatedProcess process) {
        if (world.has(Fault.SLOW_DISK) || world.has(Fault.DISK_FULL)) {
            return;
        }
        String id = accepted;
        process.in(process.graceMicros() + CANCEL_MICROS, () -> {
            if (!world.oracle().hasEnded(id)) {
                throw new Violation("G9", "%s has not ended long after its cancel".formatted(id));
            }
        });
    }

    private void answered(Cancel cancel, SimulatedProcess process, Answer answer) {
        switch (answer) {
            case Answer.Done _ -> {
                world.count(Fault.CANCEL);
                world.oracle().cancelAcked(accepted);
                cancel.resolved = true;
                expectEnd(process);
            }
            case Answer.NotHere _ -> {
                if (world.oracle().hasEnded(accepted)) {
                    cancel.resolved = true;
                } else {
                    resumeOnDemand();
                    again(cancel);
                }
            }
            case Answer.Refused _ -> again(cancel);
        }
    }

    /// Asks for the state of the execution, and holds the answer against what is durable then.
    private void look() {
        SimulatedProcess process = world.process();
        if (process == null || accepted.isEmpty()) {
            return;
        }
        long[] seen = new long[1];
        long number = process.store().execution("", accepted).orElseThrow().number();
        process.offer(new LoopInput.Look(
                "", accepted, execution -> seen[0] = execution.state().lastSeq(), answer -> {
                    process.effect();
                    world.count(Fault.LOOK);
                    if (answer instanceof Answer.Done && process.store().syncedSeq(number) < seen[0]) {
                        throw new Violation(
                                "I14", "%s: a reader saw event %d, which is not durable".formatted(accepted, seen[0]));
                    }
                }));
    }
}
