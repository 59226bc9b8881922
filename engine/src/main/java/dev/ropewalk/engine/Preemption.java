package dev.ropewalk.engine;

import dev.ropewalk.engine.LiveExecution.Running;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.resource.Demand;
import dev.ropewalk.resource.Grant;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.resource.Shortage;
import dev.ropewalk.scheduling.Victims;
import dev.ropewalk.scheduling.Victims.Candidate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds room for tasks of high priority that their pools refuse: which running attempts give way.
/// Owned by the loop.
///
/// An attempt gives way only to a task of higher priority than its own, and each time that a task has
/// given way raises its priority by one level: so no two tasks stop each other for ever. Stops are
/// also bounded in a minute, because each may throw work away.
final class Preemption {

    private static final int MAX_A_MINUTE = 60;
    private static final long MINUTE = 60_000_000;

    /// What is added to the time that an attempt has run, so that one that just began is not free.
    private static final long LEAST_COST_MICROS = 1_000_000;

    /// An attempt that is to stop.
    record Victim(LiveExecution execution, int task, Running attempt, long graceMicros) {}

    /// For whom room is made, and by whom.
    record Stops(LiveExecution execution, int task, List<Victim> victims) {}

    private record Refused(LiveExecution execution, int task, Demand demand) {}

    private record Attempt(LiveExecution execution, int task) {}

    private final ResourceLedger ledger;
    private final Map<Attempt, Running> preemptible = new LinkedHashMap<>();
    private final List<Refused> refused = new ArrayList<>();

    /// When attempts were stopped within the last minute.
    private final ArrayDeque<Long> stops = new ArrayDeque<>();

    Preemption(ResourceLedger ledger) {
        this.ledger = ledger;
    }

    /// Whether the plan lets attempts of the task be stopped, and that is safe: one whose outcome is to
    /// be known is not.
    static boolean mayGiveWay(PlannedTask task) {
        return task.needs().preemptible() && task.onLost() == OnLost.RERUN;
    }

    void started(LiveExecution execution, int task, Running attempt) {
        if (attempt.grant != Grant.SLOT && mayGiveWay(execution.state().definition(task))) {
            preemptible.put(new Attempt(execution, task), attempt);
        }
    }

    void ended(LiveExecution execution, int task) {
        if (!preemptible.isEmpty()) {
            preemptible.remove(new Attempt(execution, task));
        }
    }

    /// Whether any attempt runs that may be stopped.
    boolean isPossible() {
        return !preemptible.isEmpty();
    }

    boolean mayMakeRoomFor(LiveExecution execution, int task) {
        return isPossible() && execution.priority(task).compareTo(Priority.LOW) > 0;
    }

    /// A pool has no room for the task.
    void refused(LiveExecution execution, int task, Demand demand) {
        if (mayMakeRoomFor(execution, task)) {
            refused.add(new Refused(execution, task, demand));
        }
    }

    /// The cheapest stops for a task that was refused since the last call, if there are any.
    Optional<Stops> next(long now) {
        while (!refused.isEmpty()) {
            Refused head = refused.removeLast();
            List<Victim> victims = head.execution().unloaded ? List.of() : victims(head, now);
            if (!victims.isEmpty()) {
                victims.forEach(_ -> stops.addLast(now));
                return Optional.of(new Stops(head.execution(), head.task(), victims));
            }
        }
        return Optional.empty();
    }

    private List<Victim> victims(Refused head, long now) {
        Shortage shortage = ledger.shortage(head.demand()).orElse(null);
        if (shortage == null) {
            return List.of();
        }
        int rank = head.execution().priority(head.task()).ordinal();
        long[] missing = shortage.missing();
        List<Candidate<Victim>> candidates = new ArrayList<>();
        preemptible.forEach((attempt, running) -> {
            long[] held = shortage.heldBy(running.grant);
            if (running.stopCause != null) {
                subtract(missing, held);
            } else if (rank(attempt) < rank) {
                Victim victim = new Victim(attempt.execution(), attempt.task(), running, shortage.graceMicros());
                candidates.add(new Candidate<>(victim, cost(attempt, running, now), held));
            }
        });
        List<Victim> cheapest = Victims.cheapest(candidates, missing);
        return mayStop(cheapest.size(), now) ? cheapest : List.of();
    }

    private static int rank(Attempt attempt) {
        return attempt.execution().priority(attempt.task()).ordinal();
    }

    /// What the work so far is worth: the time it took, more for what matters more.
    private static long cost(Attempt attempt, Running running, long now) {
        return (now - running.startedAt + LEAST_COST_MICROS) * (1 + rank(attempt));
    }

    private boolean mayStop(int more, long now) {
        while (!stops.isEmpty() && stops.getFirst() <= now - MINUTE) {
            stops.removeFirst();
        }
        return stops.size() + more <= MAX_A_MINUTE;
    }

    private static void subtract(long[] amounts, long[] less) {
        for (int i = 0; i < amounts.length; i++) {
            amounts[i] -= less[i];
        }
    }
}
