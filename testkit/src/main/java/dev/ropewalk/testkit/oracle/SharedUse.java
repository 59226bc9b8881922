package dev.ropewalk.testkit.oracle;

import static dev.ropewalk.testkit.oracle.Violation.check;

import dev.ropewalk.execution.LogEvent;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceUse;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.PlannedTask;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.resource.Balance;
import dev.ropewalk.resource.Resource;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.resource.ResourceLoad;
import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.testkit.VirtualClock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What attempts of all executions use together, added up anew whenever a tool is called: no more than
/// plans allow, also in the first moments of a process, and of rates over any number of processes.
///
/// Everything that is shared is declared by every plan with the same limits. An attempt of a process
/// that has died uses nothing any more; what it may have used of a rate or a budget stays used.
final class SharedUse {

    private record Key(String execution, int task) {}

    /// An attempt with what it was given.
    private static final class Attempt {
        private final PlannedTask task;
        private final SharedResources declared;
        private final List<ResourceGrant> grants;
        private long used;

        Attempt(PlannedTask task, SharedResources declared, List<ResourceGrant> grants) {
            this.task = task;
            this.declared = declared;
            this.grants = grants;
            this.used = task.needs().estimatedTokens();
        }

        boolean in(String group) {
            return task.needs().groups().contains(group);
        }
    }

    private record Start(long at, Attempt attempt) {}

    private final VirtualClock clock;
    private final Map<Key, Attempt> open = new LinkedHashMap<>();
    private final Map<Key, Attempt> running = new LinkedHashMap<>();
    private final List<Start> starts = new ArrayList<>();
    private final Map<String, Budget> budgets = new TreeMap<>();
    private final Map<String, List<Attempt>> spenders = new TreeMap<>();
    private @Nullable SharedResources declared;
    private long wallOffset;

    SharedUse(VirtualClock clock) {
        this.clock = clock;
    }

    /// What was started before runs no more. Where the wall clock was set forward, what was used before
    /// may seem older than it is: nobody can know.
    void processBegins(long wallMicros) {
        running.clear();
        long offset = wallMicros - clock.micros();
        if (offset > wallOffset) {
            starts.clear();
        }
        wallOffset = offset;
    }

    void next(ExecutionModel execution, LogEvent event) {
        switch (event) {
            case LogEvent.TaskStarted e -> started(execution, e);
            case LogEvent.TaskCompleted e -> ended(execution, e.task(), e.usage());
            case LogEvent.CompletionHeld e -> ended(execution, e.task(), e.usage());
            case LogEvent.AttemptFailed e -> ended(execution, e.task(), e.usage());
            case LogEvent.AttemptStopped e -> ended(execution, e.task(), List.of());
            default -> {}
        }
    }

    private void started(ExecutionModel execution, LogEvent.TaskStarted event) {
        PlannedTask task = execution.task(event.task()).definition;
        SharedResources shared = execution.plan.shared();
        Attempt attempt = new Attempt(task, shared, event.grants());
        checkGranted(execution, attempt);
        Key key = new Key(execution.id, event.task());
        open.put(key, attempt);
        running.put(key, attempt);
        if (!shared.equals(SharedResources.NONE)) {
            declared = shared;
        }
        for (ConcurrencyGroup group : shared.groups()) {
            if (attempt.in(group.name()) && group.budget().isPresent()) {
                budgets.put(group.name(), group.budget().get());
                spenders.computeIfAbsent(group.name(), _ -> new ArrayList<>()).add(attempt);
            }
        }
    }

    /// That it was given what it needs.
    private static void checkGranted(ExecutionModel execution, Attempt attempt) {
        List<ResourceRequirement> wanted = attempt.task.needs().resources();
        boolean given = names(attempt, ResourceGrant.Kind.GROUP)
                        .containsAll(attempt.task.needs().groups())
                && names(attempt, ResourceGrant.Kind.LOCK)
                        .containsAll(attempt.task.constraints().exclusive())
                && names(attempt, ResourceGrant.Kind.POOL).size() == wanted.size();
        for (ResourceRequirement requirement : wanted) {
            given &= attempt.grants.stream()
                    .anyMatch(grant -> grant.kind() == ResourceGrant.Kind.POOL
                            && grant.type().equals(requirement.type())
                            && grant.amount() == requirement.milliAmount()
                            && grant.name().equals(requirement.constraints().getOrDefault("name", grant.name())));
        }
        check(
                given,
                "I2",
                "%s: %s needs %s and %s, and is given %s",
                execution,
                attempt.task.path(),
                attempt.task.needs(),
                attempt.task.constraints().exclusive(),
                attempt.grants);
    }

    private static List<String> names(Attempt attempt, ResourceGrant.Kind kind) {
        return attempt.grants.stream()
                .filter(grant -> grant.kind() == kind)
                .map(ResourceGrant::name)
                .toList();
    }

    /// An attempt that reports no tokens is thought to have used what was reserved.
    private void ended(ExecutionModel execution, int task, List<ResourceUse> usage) {
        Key key = new Key(execution.id, task);
        running.remove(key);
        Attempt attempt = open.remove(key);
        if (attempt == null || usage.stream().noneMatch(use -> use.type().equals("tokens"))) {
            return;
        }
        attempt.used = 0;
        for (ResourceUse use : usage) {
            attempt.used += use.type().equals("tokens") ? (use.milliAmount() + 999) / 1_000 : 0;
        }
    }

    /// A tool is called.
    void calls(ExecutionModel execution, int task) {
        Attempt caller = running.get(new Key(execution.id, task));
        if (caller == null) {
            return;
        }
        long now = clock.micros();
        starts.add(new Start(now, caller));
        for (ConcurrencyGroup group : caller.declared.groups()) {
            if (caller.in(group.name())) {
                checkGroup(group, now);
            }
        }
        for (ResourcePool pool : caller.declared.pools()) {
            long held = running.values().stream()
                    .flatMap(attempt -> attempt.grants.stream())
                    .filter(grant -> grant.kind() == ResourceGrant.Kind.POOL
                            && grant.name().equals(pool.name()))
                    .mapToLong(ResourceGrant::amount)
                    .sum();
            checkAtMost(held, pool.milliCapacity(), "thousandths of pool " + pool.name());
        }
        for (String lock : caller.task.constraints().exclusive()) {
            checkAtMost(
                    count(attempt -> attempt.task.constraints().exclusive().contains(lock)),
                    1,
                    "holders of lock " + lock);
        }
    }

    private void checkGroup(ConcurrencyGroup group, long now) {
        String name = group.name();
        if (group.maxConcurrent() > 0) {
            checkAtMost(count(attempt -> attempt.in(name)), group.maxConcurrent(), "attempts in group " + name);
        }
        group.requests().ifPresent(rate -> {
            long recent = starts.stream()
                    .filter(start -> start.attempt.in(name) && start.at > now - rate.periodMicros())
                    .count();
            checkAtMost(recent, rate.amount(), "requests in a period of group " + name);
        });
        group.tokens().ifPresent(rate -> {
            long recent = starts.stream()
                    .filter(start -> start.attempt.in(name) && start.at > now - rate.periodMicros())
                    .mapToLong(start -> withinEstimate(start.attempt))
                    .sum();
            checkAtMost(recent, rate.amount(), "tokens in a period of group " + name);
        });
    }

    private long count(Predicate<Attempt> which) {
        return running.values().stream().filter(which).count();
    }

    /// What was used beyond the estimate could not be known when it was granted.
    private static long withinEstimate(Attempt attempt) {
        return Math.min(attempt.used, attempt.task.needs().estimatedTokens());
    }

    private static void checkAtMost(long used, long limit, String what) {
        check(used <= limit, "I2", "%d %s, at most %d", used, what, limit);
    }

    /// What the store remembers of budgets is what their attempts have spent, each once.
    void balances(List<BalanceRow> rows) {
        SharedResources known = declared;
        if (known == null || budgets.isEmpty()) {
            return;
        }
        ResourceLedger ledger = new ResourceLedger();
        ledger.configure("oracle", known);
        long now = clock.micros() + wallOffset;
        rows.forEach(row -> ledger.restore(new Balance(row.key(), row.bytes()), now));
        List<ResourceLoad> loads = ledger.loads(now);
        budgets.forEach((group, budget) -> {
            List<Attempt> attempts = spenders.getOrDefault(group, List.of());
            long spent = attempts.stream().mapToLong(attempt -> attempt.used).sum();
            long stored = loads.stream()
                    .filter(load ->
                            load.kind() == Resource.Kind.BUDGET && load.name().startsWith("group/" + group + " "))
                    .mapToLong(ResourceLoad::used)
                    .sum();
            check(stored == spent, "I2", "the budget of %s says that %d are spent, it is %d", group, stored, spent);
            checkAtMost(
                    attempts.stream().mapToLong(SharedUse::withinEstimate).sum(),
                    budget.tokens(),
                    "tokens of the budget of " + group);
        });
    }
}
