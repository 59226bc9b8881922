package dev.ropewalk.resource;

import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// What there is, by name, and who says so. A thing is forgotten when nobody declares, uses or names it
/// any more, so that names that come and go take no room.
final class Declarations {

    /// Who declares and demands: the configuration, an execution, an allocation.
    static final class Owner {
        private final SharedResources declared;
        private final boolean configuration;
        final @Nullable BudgetScope workflow;
        final @Nullable OwnBudget own;
        final Map<DemandShape, Demand> demands = new HashMap<>(4);

        Owner(
                SharedResources declared,
                boolean configuration,
                @Nullable BudgetScope workflow,
                @Nullable OwnBudget own) {
            this.declared = declared;
            this.configuration = configuration;
            this.workflow = workflow;
            this.own = own;
        }
    }

    private final Map<Object, Owner> owners = new HashMap<>();
    private final SequencedMap<String, Pool> pools = new LinkedHashMap<>();
    private final Map<String, Pool.Type> types = new HashMap<>();
    private final SequencedMap<String, Group> groups = new LinkedHashMap<>();
    private final Map<String, Lock> locks = new HashMap<>();
    private final Map<String, BudgetScope> workflows = new HashMap<>();
    private final SequencedMap<String, Remembered> remembered = new LinkedHashMap<>();
    private final Changes changes = new Changes();
    final BudgetScope all = new BudgetScope("all", this::counter);

    /// Raised when a pool comes or goes.
    private long poolsVersion;

    void configure(Object owner, SharedResources declared) {
        declare(owner, new Owner(declared, true, null, null));
        declared.budget().ifPresent(all::declare);
    }

    void declare(Object owner, SharedResources declared, String workflow) {
        BudgetScope scope = null;
        OwnBudget own = null;
        if (declared.budget().isPresent()) {
            Budget budget = declared.budget().get();
            if (budget.per() == Budget.Per.EXECUTION) {
                own = new OwnBudget(
                        "execution",
                        budget.tokens() > 0 ? budget.tokens() : Strictest.NO_LIMIT,
                        budget.microMoney() > 0 ? budget.microMoney() : Strictest.NO_LIMIT);
            } else {
                scope = workflows.computeIfAbsent("workflow/" + workflow, name -> new BudgetScope(name, this::counter));
                scope.declare(budget);
            }
        }
        declare(owner, new Owner(declared, false, scope, own));
    }

    private void declare(Object key, Owner owner) {
        if (owners.putIfAbsent(key, owner) != null) {
            throw new IllegalStateException(key + " has declared its resources already");
        }
        for (ResourcePool declared : owner.declared.pools()) {
            Pool pool = pools.get(declared.name());
            if (pool == null) {
                pool = new Pool(declared, types.computeIfAbsent(declared.type(), Pool.Type::new));
                pools.put(declared.name(), pool);
                poolsVersion++;
            }
            pool.declare(key, declared, owner.configuration);
        }
        for (ConcurrencyGroup declared : owner.declared.groups()) {
            group(declared.name()).declare(declared);
        }
    }

    /// @return what may have room again
    List<Resource> withdraw(Object key) {
        Owner owner = owners.remove(key);
        if (owner == null) {
            return List.of();
        }
        List<Resource> freed = new ArrayList<>();
        for (Demand demand : owner.demands.values()) {
            if (--demand.owners == 0) {
                drop(demand, freed);
            }
        }
        for (ResourcePool declared : owner.declared.pools()) {
            Pool pool = pools.get(declared.name());
            if (pool != null) {
                pool.withdraw(key, declared);
                freed.add(pool.type);
                forget(pool);
            }
        }
        for (ConcurrencyGroup declared : owner.declared.groups()) {
            Group group = group(declared.name());
            group.withdraw(declared);
            freed.add(group);
            freed.addAll(group.requests);
            freed.addAll(group.tokens);
            freed.addAll(group.budgets.counters());
            forget(group);
        }
        withdrawBudget(owner, freed);
        return freed;
    }

    private void withdrawBudget(Owner owner, List<Resource> freed) {
        BudgetScope scope = owner.configuration ? all : owner.workflow;
        if (scope != null && owner.declared.budget().isPresent()) {
            scope.withdraw(owner.declared.budget().get());
            freed.addAll(scope.counters());
            if (scope != all && !scope.isDeclared()) {
                workflows.remove(scope.name());
            }
        }
    }

    Demand demand(Object key, DemandShape shape) {
        Owner owner = owners.get(key);
        boolean limited = all.isDeclared() || (owner != null && (owner.own != null || owner.workflow != null));
        if (!limited && shape.equals(DemandShape.SLOT)) {
            return Demand.SLOT;
        }
        if (owner == null) {
            owner = new Owner(SharedResources.NONE, false, null, null);
            owners.put(key, owner);
        }
        Demand known = owner.demands.get(shape);
        if (known == null) {
            known = resolve(owner, shape);
            known.owners++;
            owner.demands.put(shape, known);
        }
        return known;
    }

    /// Where demands are the same, and by whom: two executions with limits of their own do not wait in
    /// one lane.
    private record Likeness(
            DemandShape shape,
            @Nullable BudgetScope workflow,
            @Nullable Owner owner) {}

    private final Map<Object, Demand> demands = new HashMap<>();

    private Demand resolve(Owner owner, DemandShape shape) {
        List<Group> wanted = new ArrayList<>(shape.groups().size());
        boolean limitsExecutions = owner.own != null || all.limitsExecutions();
        for (String name : shape.groups()) {
            Group group = group(name);
            limitsExecutions |= group.budgets.limitsExecutions();
            wanted.add(group);
        }
        List<BudgetScope> scopes = new ArrayList<>(2);
        scopes.add(all);
        if (owner.workflow != null) {
            scopes.add(owner.workflow);
        }
        Likeness likeness = new Likeness(shape, owner.workflow, limitsExecutions ? owner : null);
        Demand demand = demands.get(likeness);
        if (demand == null) {
            List<Lock> wantedLocks = shape.exclusive().stream().map(this::lock).toList();
            demand = new Demand(shape, wanted, wantedLocks, scopes, owner.own);
            demand.likeness = likeness;
            demands.put(likeness, demand);
            wanted.forEach(group -> group.references++);
            wantedLocks.forEach(lock -> lock.references++);
        }
        return demand;
    }

    private void drop(Demand demand, List<Resource> freed) {
        demands.remove(demand.likeness);
        freed.addAll(unreserve(demand));
        queue(demand, -demand.queued);
        for (Group group : demand.groups) {
            group.references--;
            forget(group);
        }
        for (Lock lock : demand.locks) {
            lock.references--;
            forget(lock);
        }
    }

    /// Keeps no more room for the demand.
    List<Resource> unreserve(Demand demand) {
        if (demand.reservation == Demand.UNRESERVED) {
            return List.of();
        }
        demand.reservation = Demand.UNRESERVED;
        demand.keeping.forEach(holds -> holds.remove(demand));
        demand.keeping.clear();
        List<Resource> freed = new ArrayList<>();
        for (Pool[] candidates : demand.pools) {
            for (Pool pool : candidates) {
                freed.add(pool.type);
            }
        }
        for (Group group : demand.groups) {
            freed.add(group);
            freed.addAll(group.requests);
            freed.addAll(group.tokens);
        }
        Collections.addAll(freed, demand.locks);
        return freed;
    }

    void queue(Demand demand, int change) {
        demand.queued += change;
        for (Pool[] candidates : demand.pools) {
            for (Pool pool : candidates) {
                pool.queued += change;
            }
        }
    }

    /// The pools that may meet each requirement, the cheapest first.
    Pool[][] pools(Demand demand) {
        if (demand.poolsAsOf != poolsVersion) {
            int waiting = demand.queued;
            queue(demand, -waiting);
            demand.poolsAsOf = poolsVersion;
            demand.pools = demand.shape.resources().stream()
                    .map(requirement -> pools.values().stream()
                            .filter(pool -> Attributes.match(requirement, pool.description))
                            .sorted(Comparator.comparingLong(pool -> pool.description.microCostPerUnitHour()))
                            .toArray(Pool[]::new))
                    .toArray(Pool[][]::new);
            queue(demand, waiting);
        }
        return demand.pools;
    }

    Optional<Pool> pool(String name) {
        return Optional.ofNullable(pools.get(name));
    }

    Iterable<Pool> pools() {
        return pools.values();
    }

    Group group(String name) {
        Group group = groups.get(name);
        if (group == null) {
            group = new Group(name, new BudgetScope("group/" + name, this::counter), this::window);
            groups.put(name, group);
        }
        return group;
    }

    Optional<Group> knownGroup(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    Iterable<Group> groups() {
        return groups.values();
    }

    private Lock lock(String name) {
        return locks.computeIfAbsent(name, Lock::new);
    }

    Iterable<Remembered> remembered() {
        return remembered.values();
    }

    void forget(Pool pool) {
        if (pool.isIdle() && pools.remove(pool.name(), pool)) {
            poolsVersion++;
            if (pools.values().stream().noneMatch(other -> other.type.equals(pool.type))) {
                types.remove(pool.type.name());
            }
        }
    }

    void forget(Group group) {
        if (group.isIdle()) {
            groups.remove(group.name(), group);
        }
    }

    void forget(Lock lock) {
        if (lock.isIdle()) {
            locks.remove(lock.name(), lock);
        }
    }

    private RateWindow window(Resource.Kind kind, String group, long period) {
        RateWindow window = new RateWindow(kind, group, period, changes);
        return (RateWindow) remembered.computeIfAbsent(window.key(), _ -> window);
    }

    private SpendingCounter counter(String scope, Optional<ZoneId> zone) {
        ZoneId in = zone.orElse(null);
        return (SpendingCounter) remembered.computeIfAbsent(
                SpendingCounter.key(scope, in), _ -> new SpendingCounter(scope, in, changes));
    }

    List<Balance> drainChanged(long now) {
        List<Balance> balances = new ArrayList<>();
        for (Remembered changed : changes.drain()) {
            Balance balance = changed.balance(now);
            balances.add(balance);
            if (balance.bytes().length == 0) {
                remembered.remove(balance.key(), changed);
            }
        }
        return balances;
    }

    void restore(Balance balance, long now) {
        try {
            byKey(balance.key()).restore(new BalanceBytes(balance.bytes()), now);
        } catch (CorruptBalanceException e) {
            throw new CorruptBalanceException(balance.key(), e);
        }
    }

    private Remembered byKey(String key) {
        String[] words = key.split(" ", 3);
        try {
            if (words.length == 3) {
                return switch (words[0]) {
                    case "rate/requests" -> window(Resource.Kind.REQUESTS, words[2], Long.parseLong(words[1]));
                    case "rate/tokens" -> window(Resource.Kind.TOKENS, words[2], Long.parseLong(words[1]));
                    case "budget/day" -> counter(words[2], Optional.of(ZoneId.of(words[1])));
                    case "budget/total" -> counter(words[1] + " " + words[2], Optional.empty());
                    default -> throw unknownKey();
                };
            }
        } catch (NumberFormatException | DateTimeException e) {
            throw new CorruptBalanceException("its key names no period or time zone (%s)".formatted(e.getMessage()));
        }
        if (words.length == 2 && words[0].equals("budget/total")) {
            return counter(words[1], Optional.empty());
        }
        throw unknownKey();
    }

    private static CorruptBalanceException unknownKey() {
        return new CorruptBalanceException("its key is none that this program writes");
    }
}
