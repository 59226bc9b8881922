package dev.ropewalk.scheduling;

import org.jspecify.annotations.Nullable;

/// The ready tasks of one execution in one lane.
final class Group extends Node<Group> {

    final ScheduledExecution execution;
    final Lane lane;
    final TaskQueue tasks = new TaskQueue();

    /// What counts for all its tasks alike.
    int executionHeadStart;

    /// When tasks of it are to be ranked again; null as long as none was.
    Reviews.@Nullable Agenda agenda;

    /// Its place in [Lane#members].
    int member;

    Group(ScheduledExecution execution, Lane lane) {
        this.execution = execution;
        this.lane = lane;
    }

    boolean isEmpty() {
        return tasks.size() == 0;
    }

    long key() {
        return tasks.firstKey() - HeadStart.micros(executionHeadStart);
    }

    /// By key; then the execution that came first; then the order of its plan.
    @Override
    boolean before(Group other) {
        long key = key();
        long otherKey = other.key();
        if (key != otherKey) {
            return key < otherKey;
        }
        if (execution.arrival != other.execution.arrival) {
            return execution.arrival < other.execution.arrival;
        }
        return tasks.firstTask() < other.tasks.firstTask();
    }
}
