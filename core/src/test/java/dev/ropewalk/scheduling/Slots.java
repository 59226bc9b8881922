package dev.ropewalk.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/// Slots that run what a scheduler gives them, on a clock of their own. What depends on a task is
/// ready when it has ended.
final class Slots {

    private record Attempt(Waiting execution, int task, long ends, int number) {}

    private final Scheduler<Waiting> scheduler;
    private final int slots;
    private final PriorityQueue<Attempt> running =
            new PriorityQueue<>(Comparator.comparingLong(Attempt::ends).thenComparingInt(Attempt::number));
    private final Map<Waiting, int[]> missing = new LinkedHashMap<>();

    /// The order in which tasks started.
    final List<String> started = new ArrayList<>();

    /// When each execution ended.
    final Map<String, Long> ends = new LinkedHashMap<>();

    long now;

    Slots(SchedulerOptions options, int slots) {
        this.scheduler = new Scheduler<>(options, Counters.open());
        this.slots = slots;
    }

    void submit(Waiting execution) {
        int[] left = new int[execution.plan().taskCount()];
        missing.put(execution, left);
        for (int task = 0; task < left.length; task++) {
            left[task] = execution.plan().predecessorCount(task);
            if (left[task] == 0) {
                scheduler.add(execution, task, now);
            }
        }
        fill();
    }

    /// Runs until the next attempt ends.
    ///
    /// @return whether one was running
    boolean advance() {
        Attempt attempt = running.poll();
        if (attempt == null) {
            return false;
        }
        now = attempt.ends();
        Waiting execution = attempt.execution();
        execution.running--;
        if (++execution.ended == execution.plan().taskCount()) {
            ends.put(execution.name, now);
        }
        for (int k = 0; k < execution.plan().successorCount(attempt.task()); k++) {
            int next = execution.plan().successor(attempt.task(), k);
            if (--missing.get(execution)[next] == 0) {
                scheduler.add(execution, next, now);
            }
        }
        scheduler.roomIn(execution);
        fill();
        return true;
    }

    void advanceUntil(long time) {
        while (!running.isEmpty() && running.peek().ends() <= time) {
            advance();
        }
        now = time;
        fill();
    }

    void run() {
        while (advance()) {}
    }

    private void fill() {
        while (running.size() < slots) {
            Optional<Assignment<Waiting>> next = scheduler.next(now);
            if (next.isEmpty()) {
                return;
            }
            Waiting execution = next.get().execution();
            int task = next.get().task();
            execution.running++;
            started.add(execution.name + task);
            running.add(new Attempt(execution, task, now + execution.ranks().estimatedMicros(task), started.size()));
        }
    }
}
