package dev.ropewalk.resource;

import dev.ropewalk.execution.Saturated;
import java.util.ArrayList;
import java.util.List;

/// Room that is kept for demands with a reservation.
///
/// Others may go beside: what was given since the reservation was made must leave the room free, so
/// that the demand fits at the latest when all that was given before has ended. Among those with a
/// reservation the later leave room to the earlier, so that two never wait for each other.
final class Holds {

    private static final class Hold {
        private final Demand demand;
        private final long amount;
        private final long number;

        /// What was given since, and is not given back.
        private long beside;

        Hold(Demand demand, long amount) {
            this.demand = demand;
            this.amount = amount;
            this.number = demand.reservation;
        }
    }

    /// The earliest first.
    private final List<Hold> holds = new ArrayList<>(0);

    void add(Demand demand, long amount) {
        holds.add(new Hold(demand, amount));
    }

    void remove(Demand demand) {
        holds.removeIf(hold -> hold.demand == demand);
    }

    boolean isEmpty() {
        return holds.isEmpty();
    }

    /// Whether all who reserved before the demand still fit into the capacity if it gets `amount`.
    boolean leaveRoom(Demand demand, long amount, long capacity) {
        long kept = amount;
        for (int i = 0; i < holds.size(); i++) {
            Hold hold = holds.get(i);
            if (hold.number < demand.reservation) {
                kept = Saturated.add(kept, hold.amount);
                if (Saturated.add(kept, hold.beside) > capacity) {
                    return false;
                }
            }
        }
        return true;
    }

    /// How much the demand must leave to those who reserved before it.
    long against(Demand demand) {
        long kept = 0;
        for (int i = 0; i < holds.size(); i++) {
            if (holds.get(i).number < demand.reservation) {
                kept = Saturated.add(kept, holds.get(i).amount);
            }
        }
        return kept;
    }

    void granted(long amount) {
        for (int i = 0; i < holds.size(); i++) {
            holds.get(i).beside += amount;
        }
    }

    /// @param number of the grant: those who reserved before it have a lower one
    void released(long amount, long number) {
        for (int i = 0; i < holds.size(); i++) {
            if (holds.get(i).number < number) {
                holds.get(i).beside -= amount;
            }
        }
    }

    long total() {
        long kept = 0;
        for (Hold hold : holds) {
            kept = Saturated.add(kept, hold.amount);
        }
        return kept;
    }
}
