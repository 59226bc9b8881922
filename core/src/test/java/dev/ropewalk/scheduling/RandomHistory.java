package dev.ropewalk.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.FirstInFirstOut;
import dev.ropewalk.strategy.ReadyExecution;
import dev.ropewalk.strategy.ReadyTask;
import dev.ropewalk.strategy.SchedulingContext;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// One random history of a scheduler, compared at each step with a list of all that is queued, of
/// which the best that fits is looked for one by one.
final class RandomHistory {

    /// Ranks that depend on the task, the execution, its progress and what is set by hand.
    record Scattered(int spread) implements SchedulingStrategy {
        @Override
        public String name() {
            return "SCATTERED";
        }

        @Override
        public double base(ReadyTask task, SchedulingContext context) {
            return task.definition().index() * 7 % spread * 1e-3
                    + task.priority().ordinal() * 2e-3;
        }

        @Override
        public double executionBase(ReadyExecution execution, SchedulingContext context) {
            return Math.floor(32 * execution.shareDone()) / 32 * 5e-3;
        }
    }

    /// Ranks that rise when a task has waited for a while.
    record Rising() implements SchedulingStrategy {
        private static final long PATIENCE = 3_000;

        @Override
        public String name() {
            return "RISING";
        }

        @Override
        public double base(ReadyTask task, SchedulingContext context) {
            return task.waitedMicros() >= PATIENCE * (1 + task.definition().index() % 3) ? 8e-3 : 0;
        }

        @Override
        public long changesAt(ReadyTask task, SchedulingContext context) {
            return base(task, context) > 0
                    ? Long.MAX_VALUE
                    : task.queuedAt() + PATIENCE * (1 + task.definition().index() % 3);
        }
    }

    private static final int TASKS = 40;
    private static final ExecutionPlan PLAN = Waiting.independent(TASKS);

    private final class Entry {
        final Waiting execution;
        final int task;
        final long queuedAt;

        Entry(Waiting execution, int task, long queuedAt) {
            this.execution = execution;
            this.task = task;
            this.queuedAt = queuedAt;
        }

        SchedulingStrategy strategy() {
            Optional<SchedulingStrategy> own = execution.strategy();
            return own.orElse(gate.strategies.getOrDefault(gate.lane(execution, task), common));
        }

        long key() {
            SchedulingStrategy strategy = strategy();
            return queuedAt
                    - HeadStart.micros(HeadStart.of(
                            strategy.base(new Ready().at(execution, task, queuedAt, now), SchedulingContext.IDLE),
                            HeadStart.scale(strategy.slope())))
                    - HeadStart.micros(HeadStart.of(
                            strategy.executionBase(execution, SchedulingContext.IDLE),
                            HeadStart.scale(strategy.slope())));
        }

        @Override
        public String toString() {
            return execution + "/" + task + "@" + queuedAt;
        }
    }

    private record Running(Waiting execution, int task) {}

    private final Random random;
    private final List<Counters.Resource> resources = new ArrayList<>();
    private final List<Counters.Shape> shapes = new ArrayList<>();
    private final Counters gate;
    private SchedulingStrategy common;
    private final Scheduler<Waiting> scheduler;
    private final List<Waiting> executions = new ArrayList<>();
    private final List<Entry> queued = new ArrayList<>();
    private final List<Running> running = new ArrayList<>();
    private final boolean mixed;
    private long now = 1_000_000;
    private int names;

    RandomHistory(long seed) {
        random = new Random(seed);
        mixed = random.nextInt(3) == 0;
        for (int i = 0; i <= random.nextInt(4); i++) {
            resources.add(new Counters.Resource("r" + i, 1 + random.nextInt(4)));
        }
        shapes.add(Counters.Shape.NOTHING);
        for (int i = 0; i < random.nextInt(8); i++) {
            shapes.add(shape(i));
        }
        gate = new Counters((execution, task) -> shapes.get((execution.number + task * 31) % shapes.size()));
        common = strategy();
        scheduler = new Scheduler<>(SchedulerOptions.DEFAULT.withStrategy(common), gate);
        if (mixed) {
            gate.strategies.put(shapes.getLast(), strategy());
        }
    }

    private Counters.Shape shape(int number) {
        List<Counters.Demand> demands = new ArrayList<>();
        for (Counters.Resource resource : resources) {
            if (random.nextBoolean()) {
                demands.add(new Counters.Demand(resource, 1 + random.nextInt(resource.free)));
            }
        }
        return new Counters.Shape("s" + number, demands);
    }

    private SchedulingStrategy strategy() {
        return switch (random.nextInt(4)) {
            case 0 -> new FirstInFirstOut();
            case 1 -> new Rising();
            default -> new Scattered(1 + random.nextInt(40));
        };
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            now += random.nextInt(3) * 500L;
            act();
            assertThat(scheduler.queued()).isEqualTo(queued.size());
        }
        while (!queued.isEmpty() || !running.isEmpty()) {
            now = Math.max(
                    now + 1,
                    resources.stream().mapToLong(r -> r.closedUntil).max().orElse(0));
            dispatch();
            while (!running.isEmpty()) {
                end();
            }
        }
        assertThat(scheduler.next(now)).isEmpty();
        assertThat(scheduler.queued()).isZero();
    }

    private void act() {
        switch (random.nextInt(14)) {
            case 0 -> start();
            case 1, 2, 3, 4 -> add();
            case 5, 6, 7 -> dispatch();
            case 8, 9, 10 -> end();
            case 11 -> {
                if (random.nextInt(4) == 0) {
                    common = strategy();
                    scheduler.use(common, "random", now);
                } else {
                    change();
                }
            }
            case 12 -> forget();
            default -> close();
        }
    }

    private void start() {
        Waiting execution = new Waiting(names++, PLAN);
        execution.maxParallel = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : Integer.MAX_VALUE;
        if (mixed) {
            execution.owner = "t" + random.nextInt(3);
            execution.strategy = random.nextInt(4) == 0 ? Optional.of(strategy()) : Optional.empty();
        }
        executions.add(execution);
    }

    private void add() {
        if (executions.isEmpty()) {
            return;
        }
        Waiting execution = executions.get(random.nextInt(executions.size()));
        for (int i = random.nextInt(6); i >= 0; i--) {
            int task = random.nextInt(TASKS);
            if (queued.stream().noneMatch(e -> e.execution == execution && e.task == task)
                    && !running.contains(new Running(execution, task))) {
                queued.add(new Entry(execution, task, now));
                scheduler.add(execution, task, now);
            }
        }
    }

    private void dispatch() {
        for (int i = random.nextInt(8); i >= 0; i--) {
            List<Entry> fitting = queued.stream()
                    .filter(e -> gate.look(e.execution, e.task, now) instanceof Verdict.Granted)
                    .sorted(Comparator.comparingLong(Entry::key)
                            .thenComparingLong(e -> e.execution.arrival)
                            .thenComparingInt(e -> e.task))
                    .toList();
            Optional<Assignment<Waiting>> next = scheduler.next(now);
            assertThat(next.isPresent()).as("something of %s goes", fitting).isEqualTo(!fitting.isEmpty());
            if (next.isEmpty()) {
                return;
            }
            Assignment<Waiting> chosen = next.get();
            Entry entry = queued.stream()
                    .filter(e -> e.execution == chosen.execution() && e.task == chosen.task())
                    .findFirst()
                    .orElseThrow();
            Entry best = fitting.stream()
                    .filter(e -> e.execution.owner.equals(entry.execution.owner) && sameClass(e, entry))
                    .findFirst()
                    .orElseThrow();
            boolean reviewed = scheduler.wakeAt() > now;
            assertThat(entry).as("the best of %s", fitting).matches(e -> e == best || !reviewed);
            assertThat(chosen.queuedAt()).isEqualTo(entry.queuedAt);
            queued.remove(entry);
            running.add(new Running(entry.execution, entry.task));
        }
    }

    private boolean sameClass(Entry one, Entry other) {
        return reason(one).equals(reason(other));
    }

    private Object reason(Entry entry) {
        return entry.execution
                .strategy()
                .<Object>map(own -> own)
                .orElse(gate.strategy(gate.lane(entry.execution, entry.task))
                        .<Object>map(own -> own)
                        .orElse("common"));
    }

    private void end() {
        if (running.isEmpty()) {
            return;
        }
        Running ended = running.remove(random.nextInt(running.size()));
        ended.execution().running--;
        ended.execution().ended++;
        scheduler.roomIn(ended.execution());
        for (Counters.Demand demand :
                gate.shapes.apply(ended.execution(), ended.task()).demands()) {
            demand.resource().free += demand.amount();
            scheduler.released(demand.resource());
        }
    }

    private void change() {
        if (queued.isEmpty()) {
            return;
        }
        Entry entry = queued.get(random.nextInt(queued.size()));
        entry.execution.priorities.put(entry.task, Priority.values()[random.nextInt(4)]);
        if (random.nextBoolean()) {
            scheduler.rerank(entry.execution, entry.task, now);
        } else {
            scheduler.rerank(entry.execution, now);
        }
    }

    private void forget() {
        if (queued.isEmpty()) {
            return;
        }
        Entry entry = queued.get(random.nextInt(queued.size()));
        if (random.nextBoolean()) {
            scheduler.remove(entry.execution, entry.task);
            queued.remove(entry);
        } else {
            scheduler.remove(entry.execution);
            queued.removeIf(e -> e.execution == entry.execution);
        }
    }

    /// A rate is used up for a while.
    private void close() {
        Counters.Resource rate = resources.get(random.nextInt(resources.size()));
        rate.closedUntil = Math.max(rate.closedUntil, now + random.nextInt(2_000));
    }
}
