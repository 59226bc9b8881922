package dev.ropewalk.scheduling;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The lanes that were refused, each with the first resource that had no room for it. None is empty.
final class Parking {

    /// A lane's stay; each lane has one for all its stays.
    static final class Stay extends Node<Stay> {

        final Lane lane;
        private @Nullable Object resource;
        private long until;

        /// Since when none of the lane's tasks was granted although one was refused; -1 if none was.
        private long refusedSince = -1;

        /// For whom room is being kept.
        @Nullable
        ScheduledExecution reservedFor;

        int reservedTask;

        /// When something is to be done about it.
        private long due;

        Stay(Lane lane) {
            this.lane = lane;
        }

        boolean isParked() {
            return resource != null;
        }

        /// The lane was granted something, or nothing of it waits any more.
        void over() {
            refusedSince = -1;
            reservedFor = null;
        }

        @Override
        boolean before(Stay other) {
            return due < other.due;
        }
    }

    private final IdentityHashMap<Object, List<Stay>> byResource = new IdentityHashMap<>();
    private final NodeHeap<Stay> byTime = new NodeHeap<>();
    private final long reserveAfter;

    Parking(long reserveAfter) {
        this.reserveAfter = reserveAfter;
    }

    void park(Lane lane, Verdict.Refused refused, long now) {
        Stay stay = lane.stay;
        stay.resource = refused.resource();
        stay.until = Math.max(refused.until(), now + 1);
        if (stay.refusedSince < 0) {
            stay.refusedSince = now;
        }
        byResource.computeIfAbsent(refused.resource(), _ -> new ArrayList<>(2)).add(stay);
        lane.parked();
        schedule(stay);
    }

    private void schedule(Stay stay) {
        stay.due = stay.reservedFor == null ? Math.min(stay.until, stay.refusedSince + reserveAfter) : stay.until;
        if (stay.due != Long.MAX_VALUE) {
            byTime.add(stay);
        }
    }

    void released(Object resource) {
        List<Stay> stays = byResource.remove(resource);
        if (stays != null) {
            for (Stay stay : stays) {
                leave(stay);
            }
        }
    }

    private void leave(Stay stay) {
        stay.resource = null;
        if (stay.place >= 0) {
            byTime.remove(stay);
        }
        stay.lane.unparked();
    }

    /// Takes a lane out that is no more, or whose time has come.
    void remove(Stay stay) {
        Object resource = stay.resource;
        if (resource != null) {
            List<Stay> stays = byResource.get(resource);
            if (stays != null && stays.remove(stay) && stays.isEmpty()) {
                byResource.remove(resource);
            }
            leave(stay);
        }
    }

    /// When [#due] has something to return.
    long nextDue() {
        Stay first = byTime.first();
        return first == null ? Long.MAX_VALUE : first.due;
    }

    /// Wakes the lanes whose time has come.
    ///
    /// @return a lane for which room is to be kept from now on; null if there is none
    @Nullable
    Stay due(long now) {
        for (Stay stay = byTime.first(); stay != null && stay.due <= now; stay = byTime.first()) {
            if (stay.until <= now) {
                remove(stay);
            } else {
                byTime.remove(stay);
                return stay;
            }
        }
        return null;
    }

    void unschedule(Stay stay) {
        if (stay.place >= 0) {
            byTime.remove(stay);
        }
    }

    /// Room is being kept for the task.
    void reserved(Stay stay, ScheduledExecution execution, int task) {
        stay.reservedFor = execution;
        stay.reservedTask = task;
        schedule(stay);
    }
}
