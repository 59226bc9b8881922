package dev.ropewalk.execution;

import dev.ropewalk.execution.LogEvent.AttemptFailed;
import dev.ropewalk.execution.LogEvent.AttemptStopped;
import dev.ropewalk.execution.LogEvent.CompletionHeld;
import dev.ropewalk.execution.LogEvent.ConditionEvaluated;
import dev.ropewalk.execution.LogEvent.DeadlineMissed;
import dev.ropewalk.execution.LogEvent.DelayEnded;
import dev.ropewalk.execution.LogEvent.ExecutionAccepted;
import dev.ropewalk.execution.LogEvent.ExecutionCancelled;
import dev.ropewalk.execution.LogEvent.ExecutionCompleted;
import dev.ropewalk.execution.LogEvent.ExecutionFailed;
import dev.ropewalk.execution.LogEvent.ExecutionStarted;
import dev.ropewalk.execution.LogEvent.ExecutionStopping;
import dev.ropewalk.execution.LogEvent.ExecutionTimedOut;
import dev.ropewalk.execution.LogEvent.RecoveryInitiated;
import dev.ropewalk.execution.LogEvent.ResultRejected;
import dev.ropewalk.execution.LogEvent.RetryScheduled;
import dev.ropewalk.execution.LogEvent.StepRetried;
import dev.ropewalk.execution.LogEvent.StepRetrying;
import dev.ropewalk.execution.LogEvent.TaskCompleted;
import dev.ropewalk.execution.LogEvent.TaskDelayed;
import dev.ropewalk.execution.LogEvent.TaskExpanded;
import dev.ropewalk.execution.LogEvent.TaskFailed;
import dev.ropewalk.execution.LogEvent.TaskSkipped;
import dev.ropewalk.execution.LogEvent.TaskStarted;
import dev.ropewalk.execution.LogEvent.TaskTimedOut;
import dev.ropewalk.execution.LogEvent.TasksCancelled;
import dev.ropewalk.execution.LogEvent.TasksQueued;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.plan.PlannedTask;
import java.util.List;

/// Applies events to a state. Never refuses and never decides: an event is a fact, and folding the log
/// of an execution gives the state that its owner had.
public final class Evolution {

    private Evolution() {}

    public static void evolve(ExecutionState state, LogEvent event) {
        if (event instanceof RecoveryInitiated && state.startedAt != 0) {
            state.activeMicros += state.lastAt - state.activeSince;
            state.tally.passTime(state.running, state.lastAt);
        }
        state.lastSeq++;
        state.lastAt = event.at();
        switch (event) {
            case ExecutionAccepted e -> {
                state.id = e.id();
                state.seed = e.seed();
                state.acceptedAt = e.at();
            }
            case ExecutionStarted e -> started(state, e);
            case TasksQueued e -> e.tasks().forEach(task -> queued(state, task, e.at()));
            case TaskStarted e -> started(state, e);
            case TaskCompleted e -> completed(state, e);
            case CompletionHeld e -> held(state, e);
            case TaskDelayed e -> delayed(state, e);
            case DelayEnded e -> delayEnded(state, e.task());
            case DeadlineMissed e -> state.deadlines.miss(e.task());
            case AttemptFailed e -> {
                if (state.phase(e.task()) == Phase.RUNNING) {
                    attemptEnded(state, e.task());
                    state.failures[e.task()]++;
                    state.tally.failedAttempts++;
                    state.tally.used(e.usage());
                    state.account.ended(e.task(), e.usage(), e.at());
                }
                state.runMicros[e.task()] += e.runMicros();
                state.losses[e.task()] = 0;
                state.taskFailures[e.task()] = e.failure();
                set(state, e.task(), Phase.HELD);
            }
            case AttemptStopped e -> stopped(state, e);
            case RetryScheduled e -> {
                state.due[e.task()] = e.due();
                set(state, e.task(), Phase.BACKING_OFF);
            }
            case TaskFailed e -> failed(state, e.task(), e.failure(), Phase.FAILED, e.at());
            case TaskTimedOut e -> failed(state, e.task(), e.failure(), Phase.TIMED_OUT, e.at());
            case TaskSkipped e -> {
                state.skip[e.task()] = (byte) e.reason().ordinal();
                state.blockCause[e.task()] = e.cause();
                end(state, e.task(), Phase.SKIPPED, e.at());
            }
            case TasksCancelled e -> e.tasks().forEach(task -> cancelled(state, task, e.at()));
            case ConditionEvaluated e -> {
                if (e.holds() && state.definition(e.task()).kind() != PlannedTask.Kind.FOR_EACH) {
                    ready(state, e.task());
                }
            }
            case TaskExpanded e -> expanded(state, e);
            case StepRetrying e -> state.steps.retrying.set(e.step());
            case StepRetried e -> StepReset.reset(state, e.step(), e.at());
            case ExecutionStopping e -> {
                state.stopping = e.reason();
                state.stopCause = e.cause();
                state.failure = e.failure();
                state.failedTask = e.cause();
            }
            case ExecutionCompleted e -> {
                state.result = e.result();
                end(state, ExecutionStatus.COMPLETED);
            }
            case ExecutionFailed e -> {
                state.failure = e.failure();
                state.failedTask = e.task();
                end(state, ExecutionStatus.FAILED);
            }
            case ExecutionCancelled _ -> end(state, ExecutionStatus.CANCELLED);
            case ExecutionTimedOut _ -> end(state, ExecutionStatus.TIMED_OUT);
            case RecoveryInitiated e -> recovered(state, e);
            case ResultRejected _ -> {}
        }
        Frontier.passBarriers(state);
    }

    private static void started(ExecutionState state, ExecutionStarted event) {
        state.status = ExecutionStatus.RUNNING;
        state.startedAt = event.at();
        state.activeSince = event.at();
        state.deadlines.start(event.at());
        for (int task = 0; task < state.tasks; task++) {
            if (state.open[task] == 0 && !state.plan.task(task).template()) {
                Frontier.open(state, task);
            }
        }
    }

    private static void queued(ExecutionState state, int task, long at) {
        if (state.queuedAt[task] == 0) {
            state.queuedAt[task] = at;
        }
        set(state, task, Phase.QUEUED);
    }

    private static void started(ExecutionState state, TaskStarted event) {
        int task = event.task();
        state.attempt[task] = event.attempt();
        boolean first = state.taskStartedAt[task] == 0;
        if (first) {
            state.taskStartedAt[task] = event.at();
        }
        state.account.started(task, event.grants(), event.at());
        state.agents.started(task, event.agent(), state.tasks);
        set(state, task, Phase.RUNNING);
        PlannedTask definition = state.definition(task);
        state.tally.started(definition.index(), event.attempt(), state.running, event.at());
        countRunning(state, task, definition, 1);
        if (first && state.plan.asksForStarts()) {
            Frontier.started(state, task);
        }
    }

    private static void held(ExecutionState state, CompletionHeld event) {
        int task = event.task();
        if (state.phase(task) == Phase.RUNNING) {
            attemptEnded(state, task);
            state.tally.completed(state.definition(task).index(), event.runMicros());
            state.tally.used(event.usage());
            state.account.ended(task, event.usage(), event.at());
        }
        state.runMicros[task] += event.runMicros();
        state.losses[task] = 0;
        state.results[task] = event.result();
        state.due[task] = 0;
        set(state, task, Phase.FINISHING);
        state.agenda.add(task);
    }

    private static void delayed(ExecutionState state, TaskDelayed event) {
        state.due[event.task()] = event.due();
        if (state.phase(event.task()) != Phase.FINISHING) {
            set(state, event.task(), Phase.DELAYED);
        }
    }

    private static void delayEnded(ExecutionState state, int task) {
        if (state.definition(task).barrier()) {
            state.openBarriers.add(task);
        } else {
            Frontier.evaluate(state, task);
        }
    }

    private static void completed(ExecutionState state, TaskCompleted event) {
        int task = event.task();
        if (state.phase(task) == Phase.RUNNING) {
            attemptEnded(state, task);
            state.tally.completed(state.definition(task).index(), event.runMicros());
            state.tally.used(event.usage());
            state.account.ended(task, event.usage(), event.at());
        }
        state.runMicros[task] += event.runMicros();
        state.losses[task] = 0;
        state.results[task] = event.result();
        end(state, task, Phase.COMPLETED, event.at());
    }

    private static void stopped(ExecutionState state, AttemptStopped event) {
        attemptEnded(state, event.task());
        state.account.ended(event.task(), List.of(), event.at());
        state.interruptions.stopped(event.task(), event.reason(), event.checkpoint());
        state.losses[event.task()] = event.reason() == AttemptEnd.LOST ? (byte) (state.losses[event.task()] + 1) : 0;
        set(state, event.task(), Phase.HELD);
    }

    private static void failed(ExecutionState state, int task, Failure failure, Phase phase, long at) {
        state.taskFailures[task] = failure;
        end(state, task, phase, at);
    }

    private static void cancelled(ExecutionState state, int task, long at) {
        state.taskEndedAt[task] = at;
        set(state, task, Phase.CANCELLED);
        state.remaining--;
    }

    private static void expanded(ExecutionState state, TaskExpanded event) {
        int owner = event.task();
        int[] patterns = state.expansions.patterns(owner);
        Expansion expansion =
                new Expansion(owner, patterns, state.tasks, event.count(), state.generation[owner], event.items());
        int more = expansion.end() - expansion.first();
        state.expansions.add(expansion);
        state.tally.countItems(expansion, 1);
        state.grow(more);
        state.remaining += more;
        boolean firstStart = state.taskStartedAt[owner] == 0;
        if (firstStart) {
            state.taskStartedAt[owner] = event.at();
        }
        set(state, owner, Phase.EXPANDED);
        if (firstStart && state.plan.asksForStarts()) {
            Frontier.started(state, owner);
        }
        for (int task = expansion.first(); task < expansion.end(); task++) {
            state.generation[task] = expansion.generation();
            state.open[task] = state.plan.predecessorCount(expansion.pattern(task));
            state.waits.begin(task, expansion.pattern(task));
        }
        for (int task = expansion.first(); task < expansion.end(); task++) {
            if (state.open[task] == 0) {
                Frontier.open(state, task);
            }
        }
        if (more == 0) {
            state.agenda.add(owner);
        }
    }

    private static void recovered(ExecutionState state, RecoveryInitiated event) {
        state.recoveries++;
        if (state.startedAt != 0) {
            // The time between the last event and now was down time: it does not count.
            state.activeSince = event.at();
            state.tally.passTime(0, event.at());
        }
    }

    private static void attemptEnded(ExecutionState state, int task) {
        state.tally.passTime(state.running, state.lastAt);
        countRunning(state, task, state.definition(task), -1);
    }

    private static void countRunning(ExecutionState state, int task, PlannedTask definition, int change) {
        state.running += change;
        state.runningTasks.set(task, change > 0);
        state.steps.countRunning(definition.step(), change);
    }

    static void ready(ExecutionState state, int task) {
        set(state, task, Phase.READY);
        state.agenda.add(task);
    }

    static void set(ExecutionState state, int task, Phase phase) {
        state.phase[task] = (byte) phase.ordinal();
    }

    private static void end(ExecutionState state, int task, Phase phase, long at) {
        state.taskEndedAt[task] = at;
        state.interruptions.forget(task);
        set(state, task, phase);
        state.tally.count(state, task, phase, 1);
        state.remaining--;
        Frontier.ended(state, task);
    }

    private static void end(ExecutionState state, ExecutionStatus status) {
        state.status = status;
        state.endedAt = state.lastAt;
        state.agenda.drain();
        state.evaluations.drain();
    }
}
