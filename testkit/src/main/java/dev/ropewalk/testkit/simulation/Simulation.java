package dev.ropewalk.testkit.simulation;

import dev.ropewalk.engine.Limits;
import dev.ropewalk.plan.Compilation;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.PlanCompiler;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.VirtualClock;
import dev.ropewalk.testkit.disk.SimulatedCrash;
import dev.ropewalk.testkit.disk.SimulatedDisk;
import dev.ropewalk.testkit.disk.SimulatedDisk.Loss;
import dev.ropewalk.testkit.disk.SimulatedStore;
import dev.ropewalk.testkit.oracle.Oracle;
import dev.ropewalk.testkit.oracle.Violation;
import dev.ropewalk.testkit.plans.RandomWorkflow;
import dev.ropewalk.testkit.plans.WordLanguage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One run of the engine in a world made up from a seed: random plans, clients that repeat themselves
/// and change their minds, tools that fail, hang and lie, a disk that forgets, and an end of the process
/// at any moment, over and over. The same options give the same run, event for event.
///
/// What runs is the production code: the loop, the encoding, the digests, the steps of the log writer,
/// recovery, the evaluation of expressions. Played are only the disk, the clock, the threads and the
/// tools. After every step an [Oracle] holds what became public against the promises.
///
/// Source of the idea: Zhou et al., "FoundationDB: A Distributed Unbundled Transactional Key Value
/// Store", SIGMOD 2021; Will Wilson, "Testing Distributed Systems w/ Deterministic Simulation", 2014.
public final class Simulation {

    /// How late a timer may be, beyond the longest time that the simulated disk may stand still.
    static final long PATIENCE_MICROS = 60_000_000;

    private static final int MAX_STEPS = 100_000;
    private static final int MAX_DRAWS = 50;
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final long PLANS = 2;
    private static final long SCHEDULE = 3;
    private static final long CRASHES = 4;

    private record Written(Workflow workflow, ExecutionPlan plan) {}

    private final SimulationOptions options;
    private final VirtualClock clock = new VirtualClock(START);
    private final SeededRandom random;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final Oracle oracle = new Oracle(clock);
    private final FaultCounts counts = new FaultCounts();
    private final List<Client> clients = new ArrayList<>();
    private final Deaths deaths;
    private Limits limits;
    private final int inboxCapacity;
    private @Nullable SimulatedProcess process;
    private long wallOffset;
    private int steps;
    private int lives;

    private Simulation(SimulationOptions options) {
        this.options = options;
        this.random = SeededRandom.of(options.seed(), SCHEDULE);
        this.deaths = new Deaths(this, SeededRandom.of(options.seed(), CRASHES), options.maxCrashes());
        this.limits = drawLimits(options, random);
        this.inboxCapacity = has(Fault.OVERLOAD) ? 1 + random.below(3) : 100;
    }

    private static Limits drawLimits(SimulationOptions options, SeededRandom random) {
        boolean tight = options.faults().contains(Fault.OVERLOAD);
        return new Limits(
                1 + random.below(tight ? 3 : 20),
                tight ? 1 + random.below(2) : 10,
                tight ? random.below(2) : 10,
                random.skewed(10_000, 5_000_000),
                tight ? 1 + random.below(20) : 1_000);
    }

    /// Runs until every execution has ended and every client is content, or an invariant does not hold.
    public static SimulationResult run(SimulationOptions options) {
        return new Simulation(options).run();
    }

    private SimulationResult run() {
        Optional<Violation> violation = Optional.empty();
        long hash = 0;
        try {
            hash = play();
        } catch (Violation e) {
            violation = Optional.of(e);
        } catch (RuntimeException e) {
            Violation unexpected = new Violation("G13", "an exception came through: " + e);
            unexpected.initCause(e);
            violation = Optional.of(unexpected);
        }
        String tail = violation.isEmpty() ? "" : oracle.tail(40);
        return new SimulationResult(
                options, violation, hash, steps, clock.micros() - micros(START), lives, counts, tail);
    }

    private long play() {
        for (int i = 0; i < options.executions(); i++) {
            client(i);
        }
        open();
        while (true) {
            if (!advance() && !deaths.lastCall()) {
                break;
            }
        }
        for (Client client : clients) {
            check(client.isContent(), "a client waits for an answer");
        }
        check(oracle.unfinished().isEmpty(), "nothing happens any more, but " + oracle.unfinished());
        return lastInspection();
    }

    private static void check(boolean holds, String message) {
        if (!holds) {
            throw new Violation("I12", message);
        }
    }

    /// @return whether anything was left to happen
    private boolean advance() {
        try {
            if (!clock.runNext()) {
                return false;
            }
            check(++steps < MAX_STEPS, "after %d steps there is no end, but %s".formatted(steps, oracle.unfinished()));
            deaths.afterStep();
        } catch (SimulatedCrash e) {
            deaths.crashed(e.where());
            died(false);
        }
        return true;
    }

    /// With the machine off and on again, everything is as it was.
    private long lastInspection() {
        SimulatedProcess last = process;
        if (last != null) {
            last.die(false);
        }
        disk.crash(Loss.ALL, random);
        SimulatedStore store = SimulatedStore.open(disk, false);
        oracle.opened(store);
        noSecretIsStored();
        MessageDigest sha256 = sha256();
        for (Frame frame : store.framesAfter(0, Integer.MAX_VALUE)) {
            sha256.update(frame.digest());
        }
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    private void noSecretIsStored() {
        if (new String(disk.read(), StandardCharsets.ISO_8859_1).contains(WordLanguage.CANARY)) {
            throw new Violation("I22", "a secret is in the log");
        }
    }

    private void client(int number) {
        Written written = plan(SeededRandom.of(options.seed(), PLANS, number));
        Optional<String> key = random.percent(60) ? Optional.of("key-" + number) : Optional.empty();
        Client client = client(key, written);
        String name = "run-" + number;
        long first = random.skewed(1, 20_000_000);
        client.submitIn(first, name, false);
        if (has(Fault.OVERLOAD)) {
            client(Optional.empty(), written).submitIn(random.skewed(1, 60_000_000), name + "-modest", true);
        }
        if (has(Fault.DUPLICATE_SUBMIT)) {
            for (int i = 1 + random.below(3); i > 0; i--) {
                String id = key.isPresent() ? name + "-" + i : name;
                client.submitIn(first + random.skewed(1, 60_000_000), id, false);
            }
        }
        if (has(Fault.CHANGED_BODY)) {
            client.submitOtherIn(first + random.skewed(1, 60_000_000), name + "-other");
        }
        if (has(Fault.CANCEL) && random.percent(50)) {
            client.cancelIn(first + random.skewed(1_000, 60_000_000));
        }
        if (has(Fault.EARLY_CANCEL) && random.percent(50)) {
            client.cancelEarlyIn(first + random.skewed(1, 20_000), name);
        }
        for (int i = random.below(4); i > 0 && has(Fault.RESUME); i--) {
            client.resumeIn(first + random.skewed(1_000, 60_000_000));
        }
        for (int i = random.below(5); i > 0 && has(Fault.LOOK); i--) {
            client.lookIn(first + random.skewed(1_000, 30_000_000));
        }
    }

    private Client client(Optional<String> key, Written written) {
        Client client = new Client(this, key, written.workflow(), written.plan());
        clients.add(client);
        return client;
    }

    private Written plan(SeededRandom draws) {
        for (int i = 0; i < MAX_DRAWS; i++) {
            Workflow workflow = RandomWorkflow.draw(draws, options.features(), options.maxTasks());
            Compilation compiled = PlanCompiler.compile(workflow, Map.of(), PlanLimits.DEFAULT, new WordLanguage());
            if (compiled instanceof Compilation.Compiled(ExecutionPlan plan)) {
                return new Written(workflow, plan);
            }
        }
        throw new IllegalStateException("no valid plan in %d draws from %s".formatted(MAX_DRAWS, options));
    }

    private void open() {
        lives++;
        SimulatedStore store;
        try {
            store = SimulatedStore.open(disk, deaths.whileOpening());
        } catch (SimulatedCrash e) {
            deaths.crashed(e.where());
            deaths.loseWhatIsNotSynced(disk);
            reopenLater();
            return;
        }
        oracle.opened(store);
        noSecretIsStored();
        if (lives > 1 && has(Fault.CLOCK_JUMP)) {
            count(Fault.CLOCK_JUMP);
            wallOffset += random.between(-60_000_000, 3_600_000_000L);
        }
        if (lives > 1 && has(Fault.OTHER_LIMITS)) {
            count(Fault.OTHER_LIMITS);
            limits = drawLimits(options, random);
        }
        SimulatedProcess opened = new SimulatedProcess(this, store, wallOffset);
        process = opened;
        oracle.processBegins(store.epoch(), opened.now());
        opened.recover();
        clients.forEach(Client::processBegins);
        deaths.draw();
    }

    private void reopenLater() {
        process = null;
        clock.in(random.skewed(1_000, 300_000_000), this::open);
    }

    /// The process ends.
    ///
    /// @param writing whether the log writer may be in the middle of it
    void died(boolean writing) {
        SimulatedProcess dying = process;
        if (dying == null) {
            return;
        }
        if (dying.isRecovering()) {
            count(Fault.CRASH_IN_RECOVERY);
        }
        dying.die(writing);
        oracle.processEnds();
        deaths.loseWhatIsNotSynced(disk);
        reopenLater();
    }

    /// The process has ended in order.
    void ended(SimulatedProcess idle) {
        count(Fault.SHUTDOWN);
        idle.die(false);
        oracle.processEnds();
        reopenLater();
    }

    SimulationOptions options() {
        return options;
    }

    VirtualClock clock() {
        return clock;
    }

    SeededRandom random() {
        return random;
    }

    Oracle oracle() {
        return oracle;
    }

    Limits limits() {
        return limits;
    }

    int inboxCapacity() {
        return inboxCapacity;
    }

    int steps() {
        return steps;
    }

    @Nullable
    SimulatedProcess process() {
        return process;
    }

    boolean has(Fault fault) {
        return options.faults().contains(fault);
    }

    void count(Fault fault) {
        counts.add(fault);
    }

    long syncMicros() {
        if (has(Fault.SLOW_DISK) && random.percent(5)) {
            count(Fault.SLOW_DISK);
            return random.skewed(100_000, 5_000_000);
        }
        return random.skewed(50, 5_000);
    }

    long evaluationMicros() {
        if (has(Fault.SLOW_EVALUATION) && random.percent(20)) {
            count(Fault.SLOW_EVALUATION);
            return random.skewed(10_000, 10_000_000);
        }
        return random.skewed(10, 5_000);
    }

    boolean diskFillsUp() {
        return has(Fault.DISK_FULL) && !has(Fault.INLINE_LOG) && random.percent(4);
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
