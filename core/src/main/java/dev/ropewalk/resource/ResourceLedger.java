package dev.ropewalk.resource;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.Settlement;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Who has how much of what is shared by all executions: pools, concurrency groups, locks, rates and
/// budgets. What a demand asks for is given all together or not at all.
///
/// Used by one thread, which says what time it is in microseconds since 1970, never less than the time
/// before. Nothing here lasts longer than the process but what [#drainChanged] gives out; it must be
/// written together with the events that made it so.
///
/// An attempt's way: [#take] before its start is decided; [#started] once the start is durable, or
/// [#revoke] if it was not decided after all; [#release] with its outcome, however it ended. A method
/// that makes room returns what may have room again, for those who wait.
public final class ResourceLedger {

    private final Declarations known = new Declarations();
    private final Fit fit = new Fit(known);
    private long reservations;
    private long lastNow;

    /// What the configuration declares.
    public void configure(Object owner, SharedResources declared) {
        known.configure(owner, declared);
    }

    /// What an execution's plan declares. Of several declarations the strictest of each limit holds
    /// while its owners are there.
    ///
    /// @param owner compared by `equals`
    /// @param workflow whose executions share a budget per day or in total
    public void declare(Object owner, SharedResources declared, String workflow) {
        if (!declared.equals(SharedResources.NONE)) {
            known.declare(owner, declared, workflow);
        }
    }

    /// The owner is gone; so are its demands, and none of its grants is held any more.
    public List<Resource> withdraw(Object owner) {
        return known.withdraw(owner);
    }

    /// Whether there is a budget over all that is done, so that no task asks for a slot alone.
    public boolean limitsEverything() {
        return known.all.isDeclared();
    }

    /// The demand of tasks of this shape, to be asked for once for each shape in an execution. Equal
    /// demands are the same object, also across executions unless each has a budget of its own.
    public Demand demand(Object owner, DemandShape shape) {
        return known.demand(owner, shape);
    }

    /// Takes all that the demand asks for, or nothing.
    ///
    /// @param account of the execution that asks
    public Taking take(Demand demand, ExecutionAccount account, long now) {
        if (demand == Demand.SLOT) {
            return Grant.SLOT;
        }
        lastNow = now;
        Pool[] chosen = new Pool[demand.shape.resources().size()];
        Taking refusal = fit.refusal(demand, account, chosen, now);
        return refusal == null ? grant(demand, chosen, now) : refusal;
    }

    private Grant grant(Demand demand, Pool[] chosen, long now) {
        known.unreserve(demand);
        for (int i = 0; i < chosen.length; i++) {
            chosen[i].take(demand.amount(i));
        }
        List<SpendingCounter> counters = new ArrayList<>(0);
        List<RateWindow> requests = new ArrayList<>(0);
        List<RateWindow> tokens = new ArrayList<>(0);
        for (BudgetScope scope : demand.scopes) {
            counters.addAll(scope.counters());
        }
        for (Group group : demand.groups) {
            group.enter();
            counters.addAll(group.budgets.counters());
            requests.addAll(group.requests);
            tokens.addAll(group.tokens);
        }
        for (Lock lock : demand.locks) {
            lock.taken = true;
        }
        long[] days = new long[counters.size()];
        for (int i = 0; i < days.length; i++) {
            SpendingCounter counter = counters.get(i);
            counter.users++;
            days[i] = counter.reserve(demand.shape.tokens(), demand.shape.microCost(), now);
        }
        for (RateWindow window : requests) {
            window.users++;
            window.reserve(1);
        }
        for (RateWindow window : tokens) {
            window.users++;
            window.reserve(demand.shape.tokens());
        }
        return new Grant(demand, chosen, counters, days, requests, tokens, reservations);
    }

    /// The start of the attempt is durable, and it starts now: from now on its requests and tokens
    /// count for a period.
    public void started(Grant grant, long at) {
        if (grant.phase == Grant.Phase.GRANTED && grant != Grant.SLOT) {
            lastNow = at;
            grant.phase = Grant.Phase.STARTED;
            grant.startedAt = at;
            for (RateWindow window : grant.requests) {
                window.confirm(1, at);
            }
            for (RateWindow window : grant.tokens) {
                window.confirm(grant.demand.shape.tokens(), at);
            }
        }
    }

    /// The attempt was not started after all: nothing was used.
    public List<Resource> revoke(Grant grant, long now) {
        if (grant.phase != Grant.Phase.GRANTED) {
            return release(grant, Settlement.NOTHING, now);
        }
        if (grant == Grant.SLOT) {
            return List.of();
        }
        List<Resource> freed = new ArrayList<>();
        for (RateWindow window : grant.requests) {
            window.drop(1);
            freed.add(window);
        }
        for (RateWindow window : grant.tokens) {
            window.drop(grant.demand.shape.tokens());
        }
        end(grant, Settlement.NOTHING, now, freed);
        return freed;
    }

    /// The attempt ended.
    ///
    /// @param used takes the place of what was reserved
    public List<Resource> release(Grant grant, Settlement used, long now) {
        if (grant == Grant.SLOT || grant.phase == Grant.Phase.RELEASED) {
            return List.of();
        }
        started(grant, now);
        long reserved = grant.demand.shape.tokens();
        for (RateWindow window : grant.tokens) {
            if (used.tokens() > reserved) {
                window.use(used.tokens() - reserved, now);
            } else if (used.tokens() < reserved) {
                window.giveBack(reserved - used.tokens(), grant.startedAt);
            }
        }
        List<Resource> freed = new ArrayList<>();
        end(grant, used, now, freed);
        return freed;
    }

    private void end(Grant grant, Settlement used, long now, List<Resource> freed) {
        lastNow = now;
        grant.phase = Grant.Phase.RELEASED;
        Demand demand = grant.demand;
        for (int i = 0; i < grant.pools.length; i++) {
            grant.pools[i].release(demand.amount(i), grant.number);
            freed.add(grant.pools[i].type);
            known.forget(grant.pools[i]);
        }
        for (Group group : demand.groups) {
            group.leave(grant.number);
            freed.add(group);
            freed.add(group.budgets.perExecution);
            known.forget(group);
        }
        for (Lock lock : demand.locks) {
            lock.taken = false;
            freed.add(lock);
            known.forget(lock);
        }
        for (int i = 0; i < grant.counters.size(); i++) {
            SpendingCounter counter = grant.counters.get(i);
            counter.users--;
            counter.settle(grant.days[i], demand.shape.tokens(), demand.shape.microCost(), used, now);
            freed.add(counter);
        }
        grant.requests.forEach(window -> window.users--);
        for (RateWindow window : grant.tokens) {
            window.users--;
            freed.add(window);
        }
        OwnBudget own = demand.own;
        if (own != null) {
            freed.add(own);
        }
        for (BudgetScope scope : demand.scopes) {
            freed.add(scope.perExecution);
        }
    }

    /// What is missing of its pools for a demand that they refuse; empty if they do not let others be
    /// stopped for it.
    public Optional<Shortage> shortage(Demand demand) {
        known.pools(demand);
        return Shortage.of(demand);
    }

    /// Keeps room for a demand that has waited for long: what it needs is not given to others, which may
    /// still use what is beside it. Ends with its next grant. Does nothing for one that has it already.
    public void reserve(Demand demand, long now) {
        if (demand == Demand.SLOT || demand.reservation != Demand.UNRESERVED) {
            return;
        }
        lastNow = now;
        demand.reservation = reservations++;
        Pool[][] candidates = known.pools(demand);
        for (int i = 0; i < candidates.length; i++) {
            Pool pool = roomiest(candidates[i]);
            if (pool != null) {
                keep(pool.holds, demand, demand.amount(i));
            }
        }
        for (Group group : demand.groups) {
            keep(group.holds, demand, 1);
            group.requests.forEach(window -> keep(window.holds, demand, 1));
            group.tokens.forEach(window -> keep(window.holds, demand, Math.max(1, demand.shape.tokens())));
        }
        for (Lock lock : demand.locks) {
            keep(lock.holds, demand, 1);
        }
    }

    private static void keep(Holds holds, Demand demand, long amount) {
        holds.add(demand, amount);
        demand.keeping.add(holds);
    }

    private static @Nullable Pool roomiest(Pool[] candidates) {
        Pool roomiest = null;
        long most = Long.MIN_VALUE;
        for (Pool pool : candidates) {
            long room = pool.capacity() - pool.holds.total();
            if (room > most) {
                roomiest = pool;
                most = room;
            }
        }
        return roomiest;
    }

    /// The order of what waits with the demand: that of the first pool which may meet it and has one.
    public Optional<String> strategy(Demand demand) {
        for (Pool[] candidates : known.pools(demand)) {
            for (Pool pool : candidates) {
                if (pool.description.strategy().isPresent()) {
                    return pool.description.strategy();
                }
            }
        }
        return Optional.empty();
    }

    /// Keeps no more room for the demand.
    public List<Resource> unreserve(Demand demand) {
        return known.unreserve(demand);
    }

    /// So many more tasks wait with this demand, or fewer.
    public void queued(Demand demand, int change) {
        if (demand != Demand.SLOT) {
            known.pools(demand);
            known.queue(demand, change);
        }
    }

    /// A type of pool for which so many tasks wait already that no more should be accepted.
    ///
    /// @param wanted what the tasks ask for that are to be accepted
    public Optional<String> overfull(Iterable<DemandShape> wanted) {
        for (DemandShape shape : wanted) {
            for (ResourceRequirement requirement : shape.resources()) {
                if (isOverfull(requirement)) {
                    return Optional.of(requirement.type());
                }
            }
        }
        return Optional.empty();
    }

    private boolean isOverfull(ResourceRequirement requirement) {
        boolean any = false;
        for (Pool pool : known.pools()) {
            if (Attributes.match(requirement, pool.description)) {
                if (!pool.isFull()) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    /// Sets what the configuration says of a pool's capacity; smaller capacities that plans declare
    /// still hold. What is held already stays.
    ///
    /// @throws IllegalArgumentException if there is no such pool
    public List<Resource> resizePool(String name, long milliCapacity) {
        Pool pool = known.pool(name).orElseThrow(() -> new IllegalArgumentException("no pool is called " + name));
        pool.resize(milliCapacity);
        return List.of(pool.type);
    }

    /// Sets a limit of how many may be in a group at once, beside those that are declared.
    ///
    /// @throws IllegalArgumentException if there is no such group
    public List<Resource> resizeGroup(String name, int maxConcurrent) {
        Group group =
                known.knownGroup(name).orElseThrow(() -> new IllegalArgumentException("no group is called " + name));
        group.resize(maxConcurrent);
        return List.of(group);
    }

    /// Tells the groups of an attempt that it ended, so that those that adapt can do so.
    ///
    /// To be called before its grant is released.
    public List<Resource> observe(Grant grant, long latencyMicros, boolean failed) {
        List<Resource> freed = new ArrayList<>(0);
        for (Group group : grant.demand.groups) {
            long before = group.limit();
            group.observe(latencyMicros, failed);
            if (group.limit() > before) {
                freed.add(group);
            }
        }
        return freed;
    }

    /// How far everything is used.
    public List<ResourceLoad> loads(long now) {
        return Loads.of(known, now);
    }

    /// What a load is that an autoscaler looks at; empty if there is no such pool.
    public Optional<ResourceLoad> poolLoad(String name) {
        return known.pool(name).map(Loads::of);
    }

    /// What has changed of rates and budgets since the last call, to be written with the events.
    public List<Balance> drainChanged() {
        return known.drainChanged(lastNow);
    }

    /// Goes on from what another process wrote last.
    ///
    /// @throws CorruptBalanceException if that cannot be read
    public void restore(Balance balance, long now) {
        lastNow = now;
        known.restore(balance, now);
    }
}
