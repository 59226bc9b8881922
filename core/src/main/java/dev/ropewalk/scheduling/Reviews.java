package dev.ropewalk.scheduling;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When which tasks are to be ranked again because time has changed their rank, as when a deadline
/// comes near.
final class Reviews {

    /// The reviews of one group, by time.
    static final class Agenda extends Node<Agenda> {
        final Group group;
        private final TaskHeap times = new TaskHeap();

        Agenda(Group group) {
            this.group = group;
            times.index();
        }

        void set(int task, long at) {
            int place = times.placeOf(task);
            if (place >= 0) {
                times.remove(place);
            }
            times.add(at, 0, task);
        }

        @Override
        boolean before(Agenda other) {
            return times.key(0) < other.times.key(0);
        }
    }

    private final NodeHeap<Agenda> agendas = new NodeHeap<>();

    /// The task is reviewed then, and not before.
    void set(Group group, int task, long at) {
        Agenda agenda = group.agenda;
        if (agenda == null) {
            agenda = new Agenda(group);
            group.agenda = agenda;
        }
        agenda.set(task, at);
        if (agenda.place < 0) {
            agendas.add(agenda);
        } else {
            agendas.changed(agenda);
        }
    }

    long nextDue() {
        Agenda first = agendas.first();
        return first == null ? Long.MAX_VALUE : first.times.key(0);
    }

    /// The group with a task whose time has come; the task is [#take]n.
    @Nullable
    Group due(long now) {
        Agenda first = agendas.first();
        return first == null || first.times.key(0) > now ? null : first.group;
    }

    /// The task of the first group whose time came first; it is then done with.
    int take() {
        Agenda first = Objects.requireNonNull(agendas.first(), "nothing is to be reviewed");
        int task = first.times.task(0);
        first.times.remove(0);
        if (first.times.size() == 0) {
            agendas.remove(first);
        } else {
            agendas.changed(first);
        }
        return task;
    }

    void remove(Group group) {
        Agenda agenda = group.agenda;
        if (agenda != null && agenda.place >= 0) {
            agendas.remove(agenda);
        }
        group.agenda = null;
    }
}
