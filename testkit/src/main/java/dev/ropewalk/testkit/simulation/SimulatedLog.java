package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.Log;
import dev.ropewalk.engine.LogProtocol;
import dev.ropewalk.engine.LogProtocol.Outcome;
import dev.ropewalk.engine.PendingBatch;
import dev.ropewalk.testkit.disk.SimulatedStore;
import org.jspecify.annotations.Nullable;

/// What the log writer's thread does, in virtual time: it takes the production steps one by one.
///
/// A batch is written and synced in one go when its sync ends. That is as good as writing it when it
/// starts: until then nobody can see it, and a crash in between writes it first, un-synced.
final class SimulatedLog implements Log {

    private static final long RETRY_MICROS = 250_000;

    private final SimulatedProcess process;
    private final LogProtocol protocol;
    private @Nullable PendingBatch inFlight;
    private boolean waitsForSpace;
    private int fullFor;

    SimulatedLog(SimulatedProcess process, LogProtocol protocol) {
        this.process = process;
        this.protocol = protocol;
    }

    @Override
    public boolean inline() {
        return false;
    }

    @Override
    public void write(PendingBatch batch) {
        inFlight = batch;
        process.in(process.world().syncMicros(), () -> {
            if (process.world().diskFillsUp()) {
                fullFor = 1 + process.world().random().below(8);
            }
            failIfFull();
            handle(protocol.write(batch));
        });
    }

    private void failIfFull() {
        if (fullFor > 0) {
            fullFor--;
            process.world().count(Fault.DISK_FULL);
            process.store().fail(SimulatedStore.Fault.FULL);
        }
    }

    private void handle(Outcome outcome) {
        switch (outcome) {
            case DURABLE -> {
                inFlight = null;
                waitsForSpace = false;
                process.released();
            }
            case NO_SPACE -> {
                waitsForSpace = true;
                process.in(RETRY_MICROS, () -> {
                    failIfFull();
                    handle(protocol.retry());
                });
            }
            case FAILED -> inFlight = null;
        }
        process.wake();
    }

    /// Leaves on the disk what the writer may just have been writing.
    void dieWriting() {
        PendingBatch batch = inFlight;
        if (batch != null) {
            process.store().fail(SimulatedStore.Fault.CRASH_BEFORE_SYNC);
            if (waitsForSpace) {
                protocol.retry();
            } else {
                protocol.write(batch);
            }
        }
    }

    boolean isWriting() {
        return inFlight != null;
    }
}
