package dev.ropewalk.testkit.simulation;

import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.disk.SimulatedCrash;
import dev.ropewalk.testkit.disk.SimulatedDisk;
import dev.ropewalk.testkit.disk.SimulatedDisk.Damage;
import dev.ropewalk.testkit.disk.SimulatedDisk.Loss;
import dev.ropewalk.testkit.disk.SimulatedStore;
import java.util.ArrayList;
import java.util.List;

/// Decides when and how processes end.
final class Deaths {

    /// After so many steps in vain a process ends just so.
    private static final int IMPATIENCE = 150;

    private final Simulation world;
    private final SeededRandom random;
    private int left;
    private int atStep = Integer.MAX_VALUE;
    private boolean armed;
    private int happened;

    Deaths(Simulation world, SeededRandom random, int budget) {
        this.world = world;
        this.random = random;
        this.left = budget;
    }

    /// Draws how long the process that lives now may live: often shortly, so that it ends while it
    /// recovers.
    void draw() {
        armed = false;
        atStep = left > 0 ? world.steps() + (int) random.skewed(1, random.percent(30) ? 15 : 500) : Integer.MAX_VALUE;
    }

    /// There is nothing left to happen. A run in which nothing ever went wrong goes on once more.
    ///
    /// @return whether something happens now
    boolean lastCall() {
        if (happened > 0 || left == 0) {
            return false;
        }
        die();
        return true;
    }

    void afterStep() {
        SimulatedProcess process = world.process();
        if (process == null || world.steps() < atStep) {
            return;
        }
        if (armed) {
            die();
        } else {
            armed = true;
            atStep = world.steps() + IMPATIENCE;
            choose(process);
        }
    }

    private void choose(SimulatedProcess process) {
        List<Fault> ways = new ArrayList<>(List.of(Fault.CRASH));
        for (Fault way : List.of(
                Fault.CRASH_BEFORE_SYNC,
                Fault.CRASH_AFTER_SYNC,
                Fault.CRASH_IN_EFFECTS,
                Fault.SYNC_FAILURE,
                Fault.SHUTDOWN)) {
            if (world.has(way)) {
                ways.add(way);
            }
        }
        boolean inline = world.has(Fault.INLINE_LOG);
        switch (random.pick(ways)) {
            case CRASH_BEFORE_SYNC -> process.store().fail(SimulatedStore.Fault.CRASH_BEFORE_SYNC);
            case CRASH_AFTER_SYNC -> process.store().fail(SimulatedStore.Fault.CRASH_AFTER_SYNC);
            case CRASH_IN_EFFECTS -> process.dieInEffects(1 + random.below(6));
            case SYNC_FAILURE -> {
                if (inline) {
                    die();
                } else {
                    process.store().fail(SimulatedStore.Fault.SYNC_FAILED);
                }
            }
            case SHUTDOWN -> {
                left--;
                happened++;
                process.shutDown();
            }
            default -> die();
        }
    }

    private void die() {
        count(Fault.CRASH);
        world.died(random.percent(50));
    }

    private void count(Fault way) {
        world.count(way);
        happened++;
        left--;
        atStep = Integer.MAX_VALUE;
    }

    /// The process has ended where a fault was waiting for it.
    void crashed(SimulatedCrash.Where where) {
        count(
                switch (where) {
                    case OPENING -> Fault.CRASH_WHILE_OPENING;
                    case BEFORE_SYNC -> Fault.CRASH_BEFORE_SYNC;
                    case AFTER_SYNC -> Fault.CRASH_AFTER_SYNC;
                    case AFTER_FAILED_SYNC -> Fault.SYNC_FAILURE;
                    case IN_EFFECTS -> Fault.CRASH_IN_EFFECTS;
                });
    }

    boolean whileOpening() {
        return left > 0 && world.has(Fault.CRASH_WHILE_OPENING) && random.percent(20);
    }

    void loseWhatIsNotSynced(SimulatedDisk disk) {
        Loss loss = Loss.NOTHING;
        if (world.has(Fault.POWER_CUT)) {
            loss = random.pick(List.of(Loss.NOTHING, Loss.ALL, Loss.SOME, Loss.SOME));
        }
        Damage damage = disk.crash(loss, random);
        if (damage.sectors() > damage.survived()) {
            world.count(Fault.POWER_CUT);
        }
        if (damage.torn()) {
            world.count(Fault.TORN_WRITE);
        }
    }
}
