package dev.ropewalk.scheduling;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.function.Predicate;

/// The ready tasks of all executions: within one execution first come, first served; between
/// executions each in turn, so that a wide one does not hold up the others.
///
/// @param <E> an execution; each has a queue of its own
public final class FirstCome<E extends FirstCome.Queue> {

    /// The ready tasks of one execution.
    public abstract static class Queue {
        private int[] tasks = new int[8];
        private int head;
        private int size;
        private boolean inTurn;

        private void add(int task) {
            if (size == tasks.length) {
                int[] larger = new int[size * 2];
                System.arraycopy(tasks, head, larger, 0, size - head);
                System.arraycopy(tasks, 0, larger, size - head, head);
                tasks = larger;
                head = 0;
            }
            tasks[(head + size++) & (tasks.length - 1)] = task;
        }

        private int take() {
            int task = tasks[head];
            head = (head + 1) & (tasks.length - 1);
            size--;
            return task;
        }

        /// How many tasks are ready.
        public int readyTasks() {
            return size;
        }
    }

    /// A task and the execution that it belongs to.
    public record Ready<E>(E execution, int task) {}

    private final ArrayDeque<E> turns = new ArrayDeque<>();

    public void add(E execution, int task) {
        Queue queue = execution;
        queue.add(task);
        wake(execution);
    }

    /// Lets an execution take part again that had no room for another attempt.
    public void wake(E execution) {
        Queue queue = execution;
        if (!queue.inTurn && queue.size > 0) {
            queue.inTurn = true;
            turns.addLast(execution);
        }
    }

    /// The next task of an execution that has room for it. One without room is left out until it is
    /// woken.
    public Optional<Ready<E>> next(Predicate<E> hasRoom) {
        while (!turns.isEmpty()) {
            E execution = turns.removeFirst();
            Queue queue = execution;
            queue.inTurn = false;
            if (queue.size > 0 && hasRoom.test(execution)) {
                int task = queue.take();
                wake(execution);
                return Optional.of(new Ready<>(execution, task));
            }
        }
        return Optional.empty();
    }

    /// Forgets the execution's ready tasks.
    public void remove(E execution) {
        Queue queue = execution;
        queue.size = 0;
        queue.inTurn = false;
        turns.remove(execution);
    }
}
