package dev.ropewalk.resource;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.Failure;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whether there is room for all of a demand. Changes nothing.
///
/// What can never be is told first, so that a task that has to fail does not wait before.
final class Fit {

    static final String BUDGET_EXCEEDED = "BUDGET_EXCEEDED";
    static final String RESOURCE_MISSING = "RESOURCE_MISSING";

    private final Declarations known;

    Fit(Declarations known) {
        this.known = known;
    }

    /// Why it is not granted; null if there is room, then `chosen` holds a pool for each requirement.
    @Nullable
    Taking refusal(Demand demand, ExecutionAccount account, Pool[] chosen, long now) {
        Taking refusal = impossible(demand);
        if (refusal == null) {
            refusal = budgets(demand, account, now);
        }
        if (refusal == null) {
            refusal = groups(demand, now);
        }
        if (refusal == null) {
            refusal = locks(demand);
        }
        return refusal == null ? pools(demand, chosen) : refusal;
    }

    private @Nullable Taking impossible(Demand demand) {
        Pool[][] candidates = known.pools(demand);
        for (int i = 0; i < candidates.length; i++) {
            long greatest = 0;
            for (Pool pool : candidates[i]) {
                greatest = Math.max(greatest, pool.greatestCapacity());
            }
            if (demand.amount(i) > greatest) {
                var requirement = demand.shape.resources().get(i);
                return missing(
                        candidates[i].length == 0
                                ? "no pool of type %s %s".formatted(requirement.type(), requirement.constraints())
                                : "%s of %s, of which no pool has more than %s"
                                        .formatted(
                                                thousandths(demand.amount(i)),
                                                requirement.type(),
                                                thousandths(greatest)));
            }
        }
        for (Group group : demand.groups) {
            for (RateWindow window : group.tokens) {
                if (demand.shape.tokens() > window.limits.greatest()) {
                    return missing("%d tokens, of which group %s may use %d in its period"
                            .formatted(demand.shape.tokens(), group.name(), window.limits.greatest()));
                }
            }
        }
        return null;
    }

    private static Taking missing(String what) {
        return new Taking.Never(Failure.permanent(RESOURCE_MISSING, "needs " + what));
    }

    private static String thousandths(long milli) {
        return milli % 1_000 == 0
                ? Long.toString(milli / 1_000)
                : String.format(Locale.ROOT, "%d.%03d", milli / 1_000, milli % 1_000);
    }

    private static @Nullable Taking budgets(Demand demand, ExecutionAccount account, long now) {
        OwnBudget own = demand.own;
        Taking refusal = own == null ? null : own(own, own.tokens, own.cost, account.whole(), demand);
        for (int i = 0; i < demand.scopes.length && refusal == null; i++) {
            refusal = budgets(demand.scopes[i], account.whole(), demand, now);
        }
        for (int i = 0; i < demand.groups.length && refusal == null; i++) {
            Group group = demand.groups[i];
            if (group.budgets.isDeclared()) {
                refusal = budgets(group.budgets, account.group(group.name()), demand, now);
            }
        }
        return refusal;
    }

    private static @Nullable Taking budgets(BudgetScope scope, ExecutionAccount.Sums sums, Demand demand, long now) {
        Taking refusal = scope.limitsExecutions()
                ? own(scope.perExecution, scope.executionTokens.least(), scope.executionCost.least(), sums, demand)
                : null;
        for (int i = 0; i < scope.counters().size() && refusal == null; i++) {
            SpendingCounter counter = scope.counters().get(i);
            long room = counter.roomAt(demand.shape.tokens(), demand.shape.microCost(), now);
            if (room == Long.MIN_VALUE) {
                refusal = exceeded(counter, counter.spending(now), demand);
            } else if (room > now) {
                refusal = new Taking.Refused(counter, room);
            }
        }
        return refusal;
    }

    private static @Nullable Taking own(
            Resource budget, long tokens, long cost, ExecutionAccount.Sums sums, Demand demand) {
        Spending spending = new Spending(
                tokens, sums.settledTokens(), sums.reservedTokens(), cost, sums.settledCost(), sums.reservedCost());
        return switch (spending.room(demand.shape.tokens(), demand.shape.microCost())) {
            case THERE -> null;
            case WHEN_SETTLED -> new Taking.Refused(budget, Long.MAX_VALUE);
            case NEVER -> exceeded(budget, spending, demand);
        };
    }

    private static Taking exceeded(Resource budget, Spending spending, Demand demand) {
        return new Taking.Never(Failure.permanent(
                BUDGET_EXCEEDED,
                "the budget %s is spent: %s, and this is estimated at %d tokens and %s"
                        .formatted(
                                budget.name(),
                                spending,
                                demand.shape.tokens(),
                                Spending.money(demand.shape.microCost()))));
    }

    private static @Nullable Taking groups(Demand demand, long now) {
        for (Group group : demand.groups) {
            if (!group.hasRoom(demand)) {
                return new Taking.Refused(group, Long.MAX_VALUE);
            }
            for (RateWindow window : group.requests) {
                long room = window.roomAt(demand, 1, now);
                if (room > now) {
                    return new Taking.Refused(window, room);
                }
            }
            for (RateWindow window : group.tokens) {
                // Who does not say how many goes on only as long as there are any.
                long room = window.roomAt(demand, Math.max(1, demand.shape.tokens()), now);
                if (room > now) {
                    return new Taking.Refused(window, room);
                }
            }
        }
        return null;
    }

    private static @Nullable Taking locks(Demand demand) {
        for (Lock lock : demand.locks) {
            if (!lock.hasRoom(demand)) {
                return new Taking.Refused(lock, Long.MAX_VALUE);
            }
        }
        return null;
    }

    private static @Nullable Taking pools(Demand demand, Pool[] chosen) {
        for (int i = 0; i < chosen.length; i++) {
            if (!choose(demand, i, chosen)) {
                return new Taking.Refused(demand.pools[i][0].type, Long.MAX_VALUE);
            }
        }
        return null;
    }

    private static boolean choose(Demand demand, int requirement, Pool[] chosen) {
        for (Pool pool : demand.pools[requirement]) {
            long beside = 0;
            for (int i = 0; i < requirement; i++) {
                beside += chosen[i] == pool ? demand.amount(i) : 0;
            }
            if (pool.hasRoom(demand, demand.amount(requirement), beside)) {
                chosen[requirement] = pool;
                return true;
            }
        }
        return false;
    }
}
