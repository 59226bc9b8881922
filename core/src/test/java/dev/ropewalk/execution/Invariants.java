package dev.ropewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.EdgeKind;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedStep;
import dev.ropewalk.plan.PlannedTask;
import java.util.Arrays;
import java.util.stream.IntStream;

/// What must hold in every state, worked out anew from the phases of tasks and the plan alone.
final class Invariants {

    private final ExecutionState state;
    private final ExecutionPlan plan;

    private Invariants(ExecutionState state) {
        this.state = state;
        this.plan = state.plan();
    }

    static void check(ExecutionState state) {
        Invariants invariants = new Invariants(state);
        invariants.checkCounts();
        invariants.checkWork();
        invariants.checkEdges();
        invariants.checkItems();
        invariants.checkSteps();
        invariants.checkEnd();
    }

    private IntStream tasks() {
        return IntStream.range(0, state.taskCount())
                .filter(task -> task >= plan.taskCount() || !plan.task(task).template());
    }

    private boolean isDropped(int task) {
        Expansion expansion = state.expansions.holding(task);
        return expansion != null && expansion.generation() != state.generation(expansion.owner());
    }

    private void checkCounts() {
        assertThat(state.remaining).as("remaining").isEqualTo((int)
                tasks().filter(task -> !state.phase(task).ended()).count());
        assertThat(state.running).as("running").isEqualTo((int)
                tasks().filter(this::runs).count());
        assertThat(state.countedTasks()).as("counted").isEqualTo((int)
                tasks().filter(state::counted).filter(task -> !isDropped(task)).count());
        assertThat(state.completedTasks()).as("completed").isEqualTo((int) tasks().filter(state::counted)
                .filter(task -> !isDropped(task))
                .filter(task -> state.phase(task) == Phase.COMPLETED)
                .count());
        for (PlannedStep step : plan.steps()) {
            assertThat(state.steps.running[step.index()])
                    .as("running in step " + step.path())
                    .isEqualTo((int) tasks().filter(this::runs)
                            .filter(task ->
                                    state.steps.isInside(state.definition(task).step(), step.index()))
                            .count());
        }
        tasks().filter(this::isDropped)
                .forEach(task -> assertThat(state.phase(task).ended())
                        .as(state.path(task) + " was dropped")
                        .isTrue());
    }

    /// A task that calls a tool weighs what is estimated, or else one, as given here.
    private void checkWork() {
        double[] ones = new double[state.tally.tools.size()];
        Arrays.fill(ones, 1);
        long total = 0;
        long done = 0;
        for (int task : tasks().filter(task -> !isDropped(task)).toArray()) {
            long weight = weight(task);
            total += weight;
            done += state.phase(task).ended() && state.phase(task) != Phase.CANCELLED ? weight : 0;
        }
        assertThat(state.tally.totalMicros(ones)).as("work").isEqualTo((double) total);
        assertThat(state.tally.endedMicros(ones)).as("work done").isEqualTo((double) done);
        assertThat(state.runningTasks.stream())
                .as("running")
                .containsExactly(tasks().filter(this::runs).boxed().toArray(Integer[]::new));
    }

    private long weight(int task) {
        PlannedTask definition = state.definition(task);
        return switch (definition.kind()) {
            case CALL -> callWeight(definition);
            case FOR_EACH ->
                state.expansion(task).isPresent()
                        ? 0
                        : Arrays.stream(state.expansions.patterns(task))
                                .mapToLong(pattern -> callWeight(plan.task(pattern)))
                                .sum();
            case BARRIER, START_BARRIER -> 0;
        };
    }

    private static long callWeight(PlannedTask task) {
        return task.tool().equals(PlannedTask.VALUE_TOOL) ? 0 : Math.max(1, task.estimatedMicros());
    }

    private boolean runs(int task) {
        return state.phase(task) == Phase.RUNNING;
    }

    /// A task waits for exactly those predecessors that have not ended, and has left PENDING only if
    /// there is none.
    private void checkEdges() {
        int[] open = new int[plan.taskCount()];
        int[] held = new int[plan.taskCount()];
        for (int task = 0; task < plan.taskCount(); task++) {
            for (int k = 0; k < plan.successorCount(task); k++) {
                EdgeKind kind = plan.edgeKind(task, k);
                if (!plan.task(task).template() && !hasFired(task, k, kind)) {
                    (kind.holdsEnd() ? held : open)[plan.successor(task, k)]++;
                }
            }
        }
        for (int task = 0; task < plan.taskCount(); task++) {
            if (!plan.task(task).template()) {
                assertThat(state.open[task])
                        .as("open edges of " + state.path(task))
                        .isEqualTo(open[task]);
                assertThat(state.waits.holds.length == 0 ? 0 : state.waits.holds[task])
                        .as("edges that hold the completion of " + state.path(task))
                        .isEqualTo(held[task]);
                Phase phase = state.phase(task);
                boolean any = plan.task(task).kind() == PlannedTask.Kind.START_BARRIER;
                if (phase != Phase.PENDING && phase != Phase.CANCELLED && !any) {
                    assertThat(open[task])
                            .as("%s is %s", state.path(task), phase)
                            .isZero();
                }
            }
        }
    }

    private boolean hasFired(int task, int k, EdgeKind kind) {
        return kind.asksForStart() ? state.waits.startedEdges.get(plan.edgeNumber(task, k)) : hasFired(task, kind);
    }

    private boolean hasFired(int task, EdgeKind kind) {
        Phase phase = state.phase(task);
        if (!phase.ended() || phase == Phase.CANCELLED) {
            return false;
        }
        boolean failed = phase == Phase.FAILED || phase == Phase.TIMED_OUT;
        int fallback = plan.task(task).fallback();
        boolean waitsForFallback = failed && fallback >= 0 && kind != EdgeKind.ORDER && kind != EdgeKind.FALLBACK;
        return !waitsForFallback || hasFired(fallback, EdgeKind.SUCCESS);
    }

    private void checkItems() {
        for (Expansion expansion : state.expansions()) {
            if (expansion.generation() != state.generation(expansion.owner())) {
                continue;
            }
            int[] items = IntStream.range(expansion.first(), expansion.end()).toArray();
            long open = Arrays.stream(items)
                    .filter(task -> !state.phase(task).ended() || state.phase(task) == Phase.CANCELLED)
                    .count();
            long failed = Arrays.stream(items)
                    .filter(task -> Frontier.itemFailed(state, task))
                    .count();
            assertThat(state.expansions.openItems[expansion.owner()])
                    .as("open items of " + state.path(expansion.owner()))
                    .isEqualTo((int) open);
            assertThat(state.expansions.failedItems[expansion.owner()])
                    .as("failed items of " + state.path(expansion.owner()))
                    .isEqualTo((int) failed);
            if (state.phase(expansion.owner()) == Phase.COMPLETED) {
                assertThat(open + failed)
                        .as("%s completed", state.path(expansion.owner()))
                        .isZero();
            }
        }
    }

    /// While a step waits to run again it cannot end; when it has, all its tasks have.
    private void checkSteps() {
        for (PlannedStep step : plan.steps()) {
            assertThat(state.steps.retries[step.index()])
                    .as("retries of " + step.path())
                    .isLessThanOrEqualTo(step.maxRetries());
            boolean ended = step.barrier() >= 0 && state.phase(step.barrier()).ended();
            if (ended && state.phase(step.barrier()) == Phase.COMPLETED) {
                assertThat(state.steps.retrying.get(step.index()))
                        .as("step %s ended and will run again", step.path())
                        .isFalse();
                for (int task : step.tasks()) {
                    assertThat(plan.task(task).template() || state.phase(task).ended())
                            .as("%s has ended, as its step has", state.path(task))
                            .isTrue();
                }
            }
        }
        assertThat(state.openBarriers.isEmpty()).isTrue();
    }

    /// The status of an execution follows from those of its tasks.
    private void checkEnd() {
        if (!state.status().ended()) {
            assertThat(state.endedAt()).isZero();
            return;
        }
        assertThat(state.running).isZero();
        assertThat(state.remaining).isZero();
        boolean failed = tasks().anyMatch(task -> task < plan.taskCount()
                && (state.phase(task) == Phase.FAILED || state.phase(task) == Phase.TIMED_OUT)
                && state.standIn(task) == task);
        if (state.status() == ExecutionStatus.COMPLETED) {
            assertThat(failed).as("a completed execution has failures").isFalse();
            assertThat(tasks().anyMatch(task -> state.phase(task) == Phase.CANCELLED && !isDropped(task)))
                    .as("a completed execution has cancelled tasks")
                    .isFalse();
        }
    }

    /// A task starts only if each of its edges holds, whatever the state's own books say.
    static void checkStart(ExecutionState state, int task) {
        ExecutionPlan plan = state.plan();
        Expansion expansion = state.expansions.holding(task);
        int target = expansion == null ? task : expansion.pattern(task);
        for (int from = 0; from < plan.taskCount(); from++) {
            for (int k = 0; k < plan.successorCount(from); k++) {
                if (plan.successor(from, k) == target) {
                    int before = expansion == null ? from : expansion.task(expansion.item(task), from);
                    assertThat(holds(state, before, plan.edgeKind(from, k)))
                            .as("%s starts after %s (%s)", state.path(task), state.path(before), state.phase(before))
                            .isTrue();
                }
            }
        }
        if (expansion != null) {
            assertThat(state.phase(expansion.owner())).isEqualTo(Phase.EXPANDED);
        }
    }

    private static boolean holds(ExecutionState state, int from, EdgeKind kind) {
        Phase own = state.phase(from);
        int standIn = state.standIn(from);
        Phase phase = state.phase(standIn);
        boolean neutral = phase == Phase.SKIPPED
                && state.skipReason(standIn).orElseThrow().neutral();
        return switch (kind) {
            case SUCCESS -> phase == Phase.COMPLETED || neutral;
            case GATE -> phase == Phase.COMPLETED;
            case ORDER -> own.ended();
            case CHOICE -> own == Phase.SKIPPED && state.skipReason(from).orElseThrow() == SkipReason.WHEN_FALSE;
            case FALLBACK -> own == Phase.FAILED || own == Phase.TIMED_OUT;
            // A step that runs again may have begun anew since.
            case START_TO_START -> state.startedAt(from) != 0 || neutral || state.generation(from) > 0;
            case FINISH_TO_FINISH, START_TO_FINISH -> true;
        };
    }
}
