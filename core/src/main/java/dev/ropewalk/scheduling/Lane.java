package dev.ropewalk.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The ready tasks of one class that need the same shape of resources. *Open* while something waits
/// and nothing has refused it.
final class Lane extends Node<Lane> {

    final Object shape;
    final StrategyClass kind;

    /// The groups that have tasks and belong to executions with room.
    private final NodeHeap<Group> groups = new NodeHeap<>();

    final Parking.Stay stay = new Parking.Stay(this);

    /// How many tasks wait in it.
    int tasks;

    /// All that belong to it, in no order.
    private final List<Group> members = new ArrayList<>(2);

    Lane(Object shape, StrategyClass kind) {
        this.shape = shape;
        this.kind = kind;
    }

    void attach(Group group) {
        group.member = members.size();
        members.add(group);
    }

    /// @return whether it was the last
    boolean detach(Group group) {
        Group last = members.removeLast();
        if (last != group) {
            members.set(group.member, last);
            last.member = group.member;
        }
        return members.isEmpty();
    }

    Iterable<Group> members() {
        return members;
    }

    boolean isEmpty() {
        return groups.isEmpty();
    }

    Group best() {
        return Objects.requireNonNull(groups.first(), "an empty lane was asked for its best task");
    }

    void open(Group group) {
        groups.add(group);
        if (!stay.isParked()) {
            if (place < 0) {
                kind.open(this);
            } else {
                kind.changed(this);
            }
        }
    }

    void close(Group group) {
        groups.remove(group);
        if (place >= 0) {
            if (groups.isEmpty()) {
                kind.close(this);
            } else {
                kind.changed(this);
            }
        }
    }

    void changed(Group group) {
        groups.changed(group);
        if (place >= 0) {
            kind.changed(this);
        }
    }

    /// Is left out from now on.
    void parked() {
        if (place >= 0) {
            kind.close(this);
        }
    }

    void unparked() {
        if (!groups.isEmpty()) {
            kind.open(this);
        }
    }

    @Override
    boolean before(Lane other) {
        return best().before(other.best());
    }
}
