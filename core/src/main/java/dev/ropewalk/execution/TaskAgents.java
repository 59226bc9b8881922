package dev.ropewalk.execution;

import java.util.Arrays;
import java.util.Optional;

/// Which agent ran the last attempt of each task. Most tasks have none, and an execution without agents
/// holds no memory for them.
final class TaskAgents {

    private String[] names = {};

    /// @param agent empty for nobody in particular
    /// @param tasks how many the execution has
    void started(int task, String agent, int tasks) {
        if (agent.isEmpty() && task >= names.length) {
            return;
        }
        if (task >= names.length) {
            int known = names.length;
            names = Arrays.copyOf(names, tasks);
            Arrays.fill(names, known, tasks, "");
        }
        names[task] = agent;
    }

    Optional<String> of(int task) {
        return task < names.length && !names[task].isEmpty() ? Optional.of(names[task]) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskAgents that && Arrays.equals(names, that.names);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }

    @Override
    public String toString() {
        return Arrays.toString(names);
    }
}
