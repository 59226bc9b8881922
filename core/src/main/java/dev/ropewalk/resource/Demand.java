package dev.ropewalk.resource;

import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.ResourceGrant.Kind;
import dev.ropewalk.plan.ResourceRequirement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What tasks of one shape ask of a ledger: the same object for equal demands, so that it can stand
/// for the lane in which they wait.
public final class Demand {

    /// Only a slot: always granted.
    public static final Demand SLOT = new Demand(DemandShape.SLOT, List.of(), List.of(), List.of(), null);

    static final long UNRESERVED = Long.MAX_VALUE;

    final DemandShape shape;
    final Group[] groups;
    final Lock[] locks;
    final BudgetScope[] scopes;

    /// The plan's own limit of what one execution may spend; null if it has none.
    final @Nullable OwnBudget own;

    private final List<ResourceGrant> besidePools;

    /// By requirement the pools that may meet it, the cheapest first; as of [#poolsAsOf].
    Pool[][] pools = {};

    long poolsAsOf = -1;

    /// The lower, the sooner it was made.
    long reservation = UNRESERVED;

    /// Where room is kept for it.
    final List<Holds> keeping = new ArrayList<>(0);

    /// How many tasks wait with it.
    int queued;

    int owners;

    /// Under what it is known to be the same as others.
    Object likeness = this;

    Demand(DemandShape shape, List<Group> groups, List<Lock> locks, List<BudgetScope> scopes, @Nullable OwnBudget own) {
        this.shape = shape;
        this.groups = groups.toArray(new Group[0]);
        this.locks = locks.toArray(new Lock[0]);
        this.scopes = scopes.toArray(new BudgetScope[0]);
        this.own = own;
        this.besidePools = besidePools(shape);
    }

    /// From 0 to 10: who goes first where several wait for the same pool.
    public int priority() {
        return shape.priority();
    }

    public DemandShape shape() {
        return shape;
    }

    /// What the log says of a grant from these pools.
    List<ResourceGrant> grants(Pool[] chosen) {
        if (chosen.length == 0) {
            return besidePools;
        }
        List<ResourceGrant> grants = new ArrayList<>(chosen.length + besidePools.size());
        for (int i = 0; i < chosen.length; i++) {
            grants.add(chosen[i].grant(amount(i)));
        }
        grants.addAll(besidePools);
        return List.copyOf(grants);
    }

    long amount(int requirement) {
        return shape.resources().get(requirement).milliAmount();
    }

    private static List<ResourceGrant> besidePools(DemandShape shape) {
        List<ResourceGrant> grants = new ArrayList<>();
        shape.groups().forEach(name -> grants.add(new ResourceGrant(Kind.GROUP, name, 1)));
        shape.exclusive().forEach(name -> grants.add(new ResourceGrant(Kind.LOCK, name, 1)));
        if (shape.tokens() > 0) {
            grants.add(new ResourceGrant(Kind.TOKENS, "", shape.tokens()));
        }
        if (shape.microCost() > 0) {
            grants.add(new ResourceGrant(Kind.MONEY, "", shape.microCost()));
        }
        return List.copyOf(grants);
    }

    @Override
    public String toString() {
        if (this == SLOT) {
            return "a slot";
        }
        StringBuilder text = new StringBuilder();
        for (ResourceRequirement requirement : shape.resources()) {
            text.append(requirement.milliAmount())
                    .append(" milli of ")
                    .append(requirement.type())
                    .append(", ");
        }
        return text.append("groups ")
                .append(shape.groups())
                .append(", locks ")
                .append(shape.exclusive())
                .append(", %d tokens, %d micro".formatted(shape.tokens(), shape.microCost()))
                .toString();
    }
}
