package dev.ropewalk.testkit.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;

/// What the starts of tasks have said to those who wait for them, told naively: for each pair of tasks
/// when, and whether it was that the start will never come. What was said holds until both run again
/// together with their step.
final class Starts {

    private record Pair(int from, int to) {}

    /// @param never the task whose failure is why the start never comes; -1 if it came, or needs not
    record Said(long at, int never) {}

    private final Map<Pair, Said> said = new HashMap<>();

    void say(TaskModel from, TaskModel to, long at, int never) {
        said.putIfAbsent(new Pair(from.index, to.index), new Said(at, never));
    }

    boolean isSaid(TaskModel from, TaskModel to) {
        return said.containsKey(new Pair(from.index, to.index));
    }

    Said of(TaskModel from, TaskModel to) {
        return said.getOrDefault(new Pair(from.index, to.index), new Said(0, -1));
    }

    /// When the first start was said to `to`, whoever's it was.
    OptionalLong firstTo(TaskModel to) {
        return said.entrySet().stream()
                .filter(entry -> entry.getKey().to() == to.index)
                .mapToLong(entry -> entry.getValue().at())
                .min();
    }

    /// The tasks run again.
    void forget(Predicate<Integer> runsAgain) {
        said.keySet().removeIf(pair -> runsAgain.test(pair.from()) && runsAgain.test(pair.to()));
    }
}
