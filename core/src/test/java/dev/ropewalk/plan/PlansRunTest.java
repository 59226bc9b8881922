package dev.ropewalk.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.AttemptEnd;
import dev.ropewalk.execution.ExecutionCommand;
import dev.ropewalk.execution.ExecutionDecider;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.Phase;
import dev.ropewalk.execution.StoredValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever compiles can be run: the edges that the compiler draws and what an execution makes of them
/// agree. Plans, order, verdicts and failures are drawn at random; the seed is the name of the case.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlansRunTest {

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_plan_comes_to_its_end_when_nothing_fails(long seed) {
        new Run(seed, 0).toItsEnd();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void every_plan_comes_to_its_end_when_every_fourth_attempt_fails(long seed) {
        new Run(seed, 4).toItsEnd();
    }

    private static final class Run {
        private final ExecutionPlan plan;
        private final ExecutionState state;
        private final SplittableRandom random;
        private final int oneFailureIn;
        private final List<LogEvent> events = new ArrayList<>();
        private final Set<Integer> evaluating = new LinkedHashSet<>();
        private long now = 1_000;

        Run(long seed, int oneFailureIn) {
            this.plan = Workflows.plan(RandomWorkflow.of(seed));
            this.state = new ExecutionState(plan);
            this.random = new SplittableRandom(seed);
            this.oneFailureIn = oneFailureIn;
        }

        void toItsEnd() {
            decide(new ExecutionCommand.Accept(now, "x", 7, "digest"));
            decide(new ExecutionCommand.Start(now));
            while (!state.status().ended()) {
                List<ExecutionCommand> possible = possible();
                assertThat(possible)
                        .as("nothing can happen, and yet it has not ended")
                        .isNotEmpty();
                ExecutionCommand next = possible.get(random.nextInt(possible.size()));
                if (next instanceof ExecutionCommand.StartTask(long _, int task, var _, var _)) {
                    allPredecessorsHaveEnded(task);
                }
                if (next instanceof ExecutionCommand.ReportEvaluation verdict) {
                    evaluating.remove(verdict.task());
                }
                decide(next);
                now += 1_000_000;
            }
            nothingRanBehindAShutGate();
        }

        private void decide(ExecutionCommand command) {
            ExecutionDecider.decide(state, command, events);
            for (int task : state.drainEvaluations()) {
                evaluating.add(task);
            }
        }

        private List<ExecutionCommand> possible() {
            List<ExecutionCommand> possible = new ArrayList<>();
            evaluating.forEach(task -> possible.add(verdict(task)));
            for (int task = 0; task < state.taskCount(); task++) {
                if (state.mayStart(task)) {
                    possible.add(new ExecutionCommand.StartTask(now, task));
                } else if (state.phase(task) == Phase.RUNNING) {
                    possible.add(outcome(task));
                } else if (state.phase(task) == Phase.BACKING_OFF && !state.stopping()) {
                    possible.add(new ExecutionCommand.RetryDue(Math.max(now, state.due(task)), task));
                }
            }
            if (state.needsResult()) {
                possible.add(new ExecutionCommand.ReportResult(now, StoredValue.NULL));
            }
            return possible;
        }

        private ExecutionCommand verdict(int task) {
            PlannedTask definition = state.definition(task);
            boolean holds = definition.when().isEmpty() || random.nextInt(3) > 0;
            int items = holds && definition.kind() == PlannedTask.Kind.FOR_EACH ? random.nextInt(3) : 0;
            return new ExecutionCommand.ReportEvaluation(
                    now, task, state.generation(task), holds, items, StoredValue.NULL);
        }

        private ExecutionCommand outcome(int task) {
            int attempt = state.attempts(task);
            Optional<AttemptEnd> stop = state.toStop(task);
            if (stop.isPresent()) {
                return new ExecutionCommand.ReportStopped(now, task, attempt, stop.get());
            }
            if (oneFailureIn > 0 && random.nextInt(oneFailureIn) == 0) {
                Failure failure = Failure.retryable("IO", "planted");
                return new ExecutionCommand.ReportFailure(now, task, attempt, failure, "", 1, List.of());
            }
            return new ExecutionCommand.ReportSuccess(now, task, attempt, StoredValue.NULL, "", 1, List.of());
        }

        private void allPredecessorsHaveEnded(int task) {
            for (int from = 0; from < plan.taskCount(); from++) {
                for (int k = 0; k < plan.successorCount(from); k++) {
                    if (plan.successor(from, k) == task && !plan.task(from).template()) {
                        assertThat(state.phase(from).ended())
                                .as("%s starts before the end of %s", state.path(task), state.path(from))
                                .isTrue();
                    }
                }
            }
        }

        private void nothingRanBehindAShutGate() {
            for (PlannedTask gate : plan.tasks()) {
                if (gate.path().endsWith("/$start") && state.phase(gate.index()) == Phase.SKIPPED) {
                    String inside = gate.path().substring(0, gate.path().length() - "$start".length());
                    for (PlannedTask task : plan.tasks()) {
                        boolean behind = (task.path() + "/").startsWith(inside);
                        if (behind && task.kind() != PlannedTask.Kind.BARRIER) {
                            assertThat(state.phase(task.index()))
                                    .as(task.path())
                                    .isNotEqualTo(Phase.COMPLETED);
                        }
                    }
                }
            }
        }
    }
}
