package dev.ropewalk.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/// An agent in the registry.
final class Member implements Awaited {

    /// No lease of a member is expected to end: each has run for longer than expected.
    static final long UNKNOWN = Long.MAX_VALUE;

    private static final Comparator<Lease> BY_END =
            Comparator.<Lease>comparingLong(lease -> lease.expectedEnd).thenComparingLong(lease -> lease.number);

    AgentProfile profile;
    final Experience experience;
    final TreeSet<Lease> leases = new TreeSet<>(BY_END);
    final List<Crew> crews = new ArrayList<>();

    /// Its capabilities; empty while it is not there.
    List<Contention.Use> uses = List.of();

    boolean registered = true;
    boolean draining;
    boolean offline;
    long lastHeard;

    /// Whether a task that sticks to it was refused since it was told of the last change.
    boolean awaited;

    Member(AgentProfile profile, Experience experience, long now) {
        this.profile = profile;
        this.experience = experience;
        this.lastHeard = now;
    }

    String name() {
        return profile.name();
    }

    /// Whether it takes tasks when it has room.
    boolean isThere() {
        return registered && !draining && !offline;
    }

    boolean hasRoom() {
        return leases.size() < profile.capacity();
    }

    AgentState state() {
        if (offline) {
            return AgentState.OFFLINE;
        }
        return draining ? AgentState.DRAINING : hasRoom() ? AgentState.AVAILABLE : AgentState.BUSY;
    }

    /// When one more can start, as far as that is to be expected; [#UNKNOWN] if it is not.
    long nextRoom(long now) {
        if (hasRoom()) {
            return now;
        }
        for (Lease lease : leases) {
            if (lease.expectedEnd > now) {
                return lease.expectedEnd;
            }
        }
        return UNKNOWN;
    }

    double speed() {
        return profile.milliSpeed() / 1e3;
    }

    AgentStanding standing(long now) {
        return new AgentStanding(profile, state(), leases.size(), experience.measures(speed(), now));
    }

    @Override
    public String text() {
        return "agent " + name();
    }

    @Override
    public String toString() {
        return text();
    }
}
