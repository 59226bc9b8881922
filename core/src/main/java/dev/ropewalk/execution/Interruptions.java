package dev.ropewalk.execution;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What is known of the tasks whose attempts were stopped to start again: what an attempt saved for the
/// next, and how often it gave way to others. Few tasks are, so that the others cost nothing.
final class Interruptions {

    private final Map<Integer, StoredValue> checkpoints = new HashMap<>(0);
    private final Map<Integer, Integer> preemptions = new HashMap<>(0);

    void stopped(int task, AttemptEnd reason, Optional<StoredValue> checkpoint) {
        checkpoint.ifPresent(saved -> checkpoints.put(task, saved));
        if (reason == AttemptEnd.PREEMPTED) {
            preemptions.merge(task, 1, Integer::sum);
        }
    }

    /// The task has ended, or begins anew.
    void forget(int task) {
        if (!checkpoints.isEmpty()) {
            checkpoints.remove(task);
        }
        if (!preemptions.isEmpty()) {
            preemptions.remove(task);
        }
    }

    Optional<StoredValue> checkpoint(int task) {
        return checkpoints.isEmpty() ? Optional.empty() : Optional.ofNullable(checkpoints.get(task));
    }

    int preemptions(int task) {
        return preemptions.isEmpty() ? 0 : preemptions.getOrDefault(task, 0);
    }
}
