package dev.ropewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.ExecutionCommand.Cancel;
import dev.ropewalk.execution.ExecutionCommand.DelayDue;
import dev.ropewalk.execution.ExecutionCommand.ReportEvaluation;
import dev.ropewalk.execution.ExecutionCommand.ReportEvaluationFailed;
import dev.ropewalk.execution.ExecutionCommand.ReportFailure;
import dev.ropewalk.execution.ExecutionCommand.ReportResult;
import dev.ropewalk.execution.ExecutionCommand.ReportStopped;
import dev.ropewalk.execution.ExecutionCommand.ReportSuccess;
import dev.ropewalk.execution.ExecutionCommand.RetryDue;
import dev.ropewalk.execution.ExecutionCommand.StartTask;
import dev.ropewalk.execution.ExecutionCommand.TimeoutDue;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Random plans, and whatever may be reported of them in any order: every command keeps the invariants,
/// replaying gives the same state, and every execution comes to its end.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RandomWalkTest {

    /// After so many commands everything that is asked for succeeds.
    private static final int UNRULY = 150;

    private static final int AT_MOST = 3_000;

    @Test
    void every_walk_keeps_the_invariants_and_ends() {
        Map<ExecutionStatus, Integer> ends = walk(1, 600);
        assertThat(ends).as("every end is reached").hasSize(4);
    }

    @Test
    @Tag("deep")
    void every_one_of_very_many_walks_keeps_the_invariants_and_ends() {
        walk(1_000_000, 200_000);
    }

    private static Map<ExecutionStatus, Integer> walk(long firstSeed, int walks) {
        Map<ExecutionStatus, Integer> ends = new EnumMap<>(ExecutionStatus.class);
        for (long seed = firstSeed; seed < firstSeed + walks; seed++) {
            try {
                ends.merge(new Walk(seed).toTheEnd(), 1, Integer::sum);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("walk with seed " + seed + ": " + e.getMessage(), e);
            }
        }
        return ends;
    }

    private static final class Walk {
        private final Random random;
        private final Scenario scenario;
        private int commands;

        Walk(long seed) {
            random = new Random(seed);
            ExecutionPlan plan = new RandomPlans(random).next();
            scenario = Scenario.accepted(plan);
        }

        ExecutionStatus toTheEnd() {
            if (random.nextInt(50) == 0) {
                scenario.isCancelled("before it started");
            }
            scenario.starts();
            while (!state().status().ended()) {
                commands++;
                assertThat(commands).as("commands until the end").isLessThan(AT_MOST);
                if (commands < UNRULY && random.nextInt(15) == 0) {
                    disturb();
                } else {
                    next();
                }
            }
            assertThat(StateComparison.differences(state(), scenario.folded())).isEmpty();
            return state().status();
        }

        private ExecutionState state() {
            return scenario.state();
        }

        private void next() {
            List<ExecutionCommand> possible = new ArrayList<>();
            for (int task = 0; task < state().taskCount(); task++) {
                addCommands(task, possible);
            }
            if (state().needsResult()) {
                possible.add(new ReportResult(scenario.now(), Scenario.json("1")));
            }
            assertThat(possible).as("there is something to do").isNotEmpty();
            scenario.when(possible.get(random.nextInt(possible.size())));
        }

        private void addCommands(int task, List<ExecutionCommand> possible) {
            long now = scenario.now();
            switch (state().phase(task)) {
                case QUEUED -> {
                    if (state().mayStart(task)) {
                        possible.add(new StartTask(now, task));
                    }
                }
                case RUNNING -> possible.add(outcome(task));
                case EVALUATING -> {
                    if (!state().stopping() && !state().inRetryingStep(task)) {
                        possible.add(verdict(task));
                    }
                }
                case BACKING_OFF -> {
                    if (!state().stopping()) {
                        scenario.after(Duration.ofNanos(Math.max(0, state().due(task) - now) * 1_000));
                        possible.add(new RetryDue(scenario.now(), task));
                    }
                }
                case DELAYED, FINISHING -> {
                    if (!state().stopping() && state().due(task) != 0) {
                        scenario.after(Duration.ofNanos(Math.max(0, state().due(task) - now) * 1_000));
                        possible.add(new DelayDue(scenario.now(), task));
                    }
                }
                case PENDING, READY, EXPANDED, HELD -> {}
                case COMPLETED, FAILED, TIMED_OUT, CANCELLED, SKIPPED -> {}
            }
        }

        private ExecutionCommand outcome(int task) {
            int attempt = state().attempts(task);
            boolean toStop = state().toStop(task).isPresent();
            if (toStop && random.nextBoolean()) {
                return new ReportStopped(
                        scenario.now(), task, attempt, state().toStop(task).orElseThrow());
            }
            if (commands < UNRULY && random.nextInt(3) == 0) {
                Failure failure = switch (random.nextInt(3)) {
                    case 0 -> Failure.permanent("BROKEN", "for good");
                    case 1 -> Failure.retryable(Failure.TIMEOUT, "too slow");
                    default -> Failure.retryable("IO", "broken pipe");
                };
                return new ReportFailure(scenario.now(), task, attempt, failure, "", 1, List.of());
            }
            return new ReportSuccess(scenario.now(), task, attempt, Scenario.json("1"), "", 1, List.of());
        }

        private ExecutionCommand verdict(int task) {
            int generation = state().generation(task);
            if (commands < UNRULY && random.nextInt(6) == 0) {
                return new ReportEvaluationFailed(
                        scenario.now(), task, generation, Failure.permanent("EXPRESSION", "no such key"));
            }
            boolean holds = state().definition(task).when().isEmpty() || random.nextInt(3) > 0;
            return new ReportEvaluation(
                    scenario.now(), task, generation, holds, random.nextInt(4), Scenario.json("[]"));
        }

        /// What may come at any time: from the past, from elsewhere, or as a surprise.
        private void disturb() {
            long now = scenario.now();
            int task = random.nextInt(state().taskCount());
            int past = state().attempts(task) - random.nextInt(2);
            switch (random.nextInt(12)) {
                case 0 -> scenario.when(new ReportSuccess(now, task, past - 1, Scenario.json("2"), "", 1, List.of()));
                case 1 ->
                    scenario.when(new ReportFailure(
                            now, task, past - 1, Failure.permanent("LATE", "late"), "", 1, List.of()));
                case 2 -> scenario.when(new ReportStopped(now, task, past - 1, AttemptEnd.CANCELLED));
                case 3 ->
                    scenario.when(new ReportEvaluation(
                            now, task, state().generation(task) - 1, false, 1, Scenario.json("[]")));
                case 4 -> scenario.when(new RetryDue(now, task));
                case 5 -> scenario.when(new StartTask(now, task));
                case 6, 7 ->
                    scenario.after(Duration.ofSeconds(random.nextInt(30))).recovers();
                case 8 -> scenario.after(Duration.ofSeconds(random.nextInt(90))).when(new TimeoutDue(scenario.now()));
                case 9 -> scenario.when(new ReportResult(now, Scenario.json("2")));
                case 10 -> {
                    if (random.nextInt(4) == 0) {
                        scenario.when(new Cancel(now, "surprise"));
                    }
                }
                default -> shutDown();
            }
        }

        private void shutDown() {
            List<Integer> running = new ArrayList<>();
            for (int task = 0; task < state().taskCount(); task++) {
                if (state().phase(task) == Phase.RUNNING) {
                    running.add(task);
                }
            }
            Collections.shuffle(running, random);
            for (int task : running) {
                if (state().phase(task) == Phase.RUNNING) {
                    scenario.when(new ReportStopped(scenario.now(), task, state().attempts(task), AttemptEnd.SHUTDOWN));
                }
            }
        }
    }
}
