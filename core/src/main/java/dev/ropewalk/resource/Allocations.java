package dev.ropewalk.resource;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.Settlement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// Grants for work outside plans, each with a name and an end. They live as long as the process: what
/// was allocated is not there any more after a restart, except that its requests, tokens and money stay
/// counted.
public final class Allocations {

    private record Allocation(Grant grant, long ends) {}

    private final ResourceLedger ledger;
    private final SequencedMap<String, Allocation> allocations = new LinkedHashMap<>();

    public Allocations(ResourceLedger ledger) {
        this.ledger = ledger;
    }

    /// Takes all that is asked for, or nothing.
    ///
    /// @param id under which it is released; must not be in use
    /// @param ends when it is taken back; [Long#MAX_VALUE] for never
    public Taking allocate(String id, DemandShape shape, long ends, long now) {
        if (allocations.containsKey(id)) {
            throw new IllegalArgumentException("there is an allocation with the id " + id + "; use another");
        }
        Demand demand = ledger.demand(id, shape);
        Taking taking = ledger.take(demand, new ExecutionAccount(), now);
        if (taking instanceof Grant grant) {
            ledger.started(grant, now);
            allocations.put(id, new Allocation(grant, ends));
        } else {
            ledger.withdraw(id);
        }
        return taking;
    }

    /// Gives an allocation back; does nothing if there is none.
    ///
    /// @param used takes the place of the tokens and the money that were reserved
    public List<Resource> release(String id, Settlement used, long now) {
        Allocation allocation = allocations.remove(id);
        if (allocation == null) {
            return List.of();
        }
        List<Resource> freed = new ArrayList<>(ledger.release(allocation.grant, used, now));
        freed.addAll(ledger.withdraw(id));
        return freed;
    }

    /// When the next allocation ends; [Long#MAX_VALUE] if none does.
    public long nextEnd() {
        long next = Long.MAX_VALUE;
        for (Allocation allocation : allocations.values()) {
            next = Math.min(next, allocation.ends);
        }
        return next;
    }

    /// Takes back what has ended, as if all that was reserved had been used.
    public List<Resource> expire(long now) {
        List<String> ended = allocations.entrySet().stream()
                .filter(entry -> entry.getValue().ends <= now)
                .map(entry -> entry.getKey())
                .toList();
        List<Resource> freed = new ArrayList<>();
        for (String id : ended) {
            Allocation allocation = allocations.get(id);
            if (allocation != null) {
                freed.addAll(release(id, Settlement.reserved(allocation.grant.log()), now));
            }
        }
        return freed;
    }
}
