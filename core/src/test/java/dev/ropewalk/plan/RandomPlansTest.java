package dev.ropewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What holds for every plan, whatever the workflow. The seed is the name of the case.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomPlansTest {

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_plan_is_well_formed(long seed) {
        ExecutionPlan plan = Workflows.plan(RandomWorkflow.of(seed));

        everyTaskIsReachedInSomeOrder(plan);
        pathsAreUnique(plan);
        patternsAreLinkedAmongThemselvesAlone(plan);
        barriersWaitForAllTasksOfTheirStep(plan);
        nothingOutsideAStepThatMayRunAgainPassesIt(plan);
        gatesLeadToAllTasksBehindThem(plan);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void compiling_and_storing_give_equal_plans(long seed) {
        ExecutionPlan plan = Workflows.plan(RandomWorkflow.of(seed));
        byte[] bytes = PlanFormat.encode(plan);

        assertThat(Workflows.plan(RandomWorkflow.of(seed))).isEqualTo(plan).hasSameHashCodeAs(plan);
        assertThat(PlanFormat.decode(bytes)).isEqualTo(plan);
        assertThat(PlanFormat.encode(PlanFormat.decode(bytes))).isEqualTo(bytes);
    }

    /// With the settlement of fallbacks as the engine does it: what asks how a task ended waits for its
    /// fallback, too.
    private static void everyTaskIsReachedInSomeOrder(ExecutionPlan plan) {
        int[] open = new int[plan.taskCount()];
        int[] primaryOf = new int[plan.taskCount()];
        boolean[] ended = new boolean[plan.taskCount()];
        Deque<Integer> ready = new ArrayDeque<>();
        for (PlannedTask task : plan.tasks()) {
            open[task.index()] = plan.predecessorCount(task.index());
            if (open[task.index()] == 0) {
                ready.add(task.index());
            }
            if (task.fallback() >= 0) {
                primaryOf[task.fallback()] = task.index() + 1;
            }
        }
        int reached = 0;
        while (!ready.isEmpty()) {
            int task = ready.remove();
            ended[task] = true;
            reached++;
            boolean stoodIn = plan.task(task).fallback() >= 0;
            fire(plan, task, open, ready, true, !stoodIn);
            for (int at = task; !stoodIn && primaryOf[at] > 0; ) {
                at = primaryOf[at] - 1;
                fire(plan, at, open, ready, false, true);
            }
        }
        assertThat(reached).isEqualTo(plan.taskCount());
    }

    private static void fire(
            ExecutionPlan plan, int task, int[] open, Deque<Integer> ready, boolean now, boolean deferred) {
        for (int k = 0; k < plan.successorCount(task); k++) {
            EdgeKind kind = plan.edgeKind(task, k);
            boolean atOnce = kind == EdgeKind.ORDER || kind == EdgeKind.FALLBACK;
            int target = plan.successor(task, k);
            if ((atOnce ? now : deferred) && --open[target] == 0) {
                ready.add(target);
            }
        }
    }

    private static void pathsAreUnique(ExecutionPlan plan) {
        Set<String> paths = new HashSet<>();
        plan.tasks()
                .forEach(task ->
                        assertThat(paths.add(task.path())).as(task.path()).isTrue());
        plan.tasks().forEach(task -> assertThat(plan.indexOf(task.path())).hasValue(task.index()));
    }

    private static void patternsAreLinkedAmongThemselvesAlone(ExecutionPlan plan) {
        for (PlannedTask task : plan.tasks()) {
            if (task.template()) {
                assertThat(plan.task(task.group()).kind()).isEqualTo(PlannedTask.Kind.FOR_EACH);
            }
            for (int k = 0; k < plan.successorCount(task.index()); k++) {
                PlannedTask target = plan.task(plan.successor(task.index(), k));
                assertThat(target.group())
                        .as(task.path() + " -> " + target.path())
                        .isEqualTo(task.group());
            }
        }
    }

    private static void barriersWaitForAllTasksOfTheirStep(ExecutionPlan plan) {
        for (PlannedStep step : plan.steps()) {
            if (step.barrier() >= 0) {
                assertThat(plan.task(step.barrier()).step()).isEqualTo(step.index());
                for (int member : step.tasks()) {
                    if (!plan.task(member).template()) {
                        assertThat(leadsTo(plan, member, step.barrier())).isTrue();
                    }
                }
            }
        }
    }

    private static void nothingOutsideAStepThatMayRunAgainPassesIt(ExecutionPlan plan) {
        for (PlannedStep step : plan.steps()) {
            if (step.onError() != OnError.RETRY) {
                continue;
            }
            BitSet inside = new BitSet();
            step.tasks().forEach(inside::set);
            plan.steps().stream()
                    .filter(inner -> inner.path().startsWith(step.path())
                            || inner.tasks().stream().allMatch(inside::get))
                    .filter(inner -> inner.barrier() >= 0)
                    .forEach(inner -> inside.set(inner.barrier()));
            for (int member : step.tasks()) {
                for (int k = 0; k < plan.successorCount(member); k++) {
                    int target = plan.successor(member, k);
                    if (!inside.get(target)) {
                        assertThat(leadsTo(plan, step.barrier(), target)).isTrue();
                    }
                }
            }
        }
    }

    private static void gatesLeadToAllTasksBehindThem(ExecutionPlan plan) {
        for (PlannedTask gate : plan.tasks()) {
            if (gate.path().endsWith("/$start")) {
                String end = gate.path().substring(0, gate.path().length() - "/$start".length());
                for (PlannedTask task : plan.tasks()) {
                    String path = task.path();
                    boolean within = path.startsWith(end + "/")
                            && !path.equals(gate.path())
                            && !path.contains("$end")
                            && plan.scopes().get(task.scope()).prefix().equals(end + "/");
                    if ((within || path.equals(end)) && !task.template()) {
                        boolean innerEnd = !path.equals(end)
                                && plan.indexOf(path + "/$start").isPresent();
                        assertThat(innerEnd || leadsTo(plan, gate.index(), task.index()))
                                .as(gate.path() + " -> " + path)
                                .isTrue();
                    }
                }
            }
        }
    }

    private static boolean leadsTo(ExecutionPlan plan, int from, int to) {
        for (int k = 0; k < plan.successorCount(from); k++) {
            if (plan.successor(from, k) == to) {
                return true;
            }
        }
        return false;
    }
}
