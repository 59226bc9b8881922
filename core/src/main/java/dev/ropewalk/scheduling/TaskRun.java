package dev.ropewalk.scheduling;

/// Tasks that came in the order in which they go: a ring.
final class TaskRun {

    private long[] queuedAt = new long[4];
    private int[] headStarts = new int[4];
    private int[] tasks = new int[4];
    private int head;
    private int size;

    int size() {
        return size;
    }

    long key(int place) {
        int i = at(place);
        return HeadStart.key(queuedAt[i], headStarts[i]);
    }

    int task(int place) {
        return tasks[at(place)];
    }

    long queuedAt(int place) {
        return queuedAt[at(place)];
    }

    /// Whether the task would be the last.
    boolean fits(long key, int task) {
        if (size == 0) {
            return true;
        }
        long last = key(size - 1);
        return key > last || (key == last && task > task(size - 1));
    }

    void add(long since, int headStart, int task) {
        if (size == tasks.length) {
            grow();
        }
        int i = at(size++);
        queuedAt[i] = since;
        headStarts[i] = headStart;
        tasks[i] = task;
    }

    void removeFirst() {
        head = at(1);
        size--;
    }

    void set(int place, int headStart) {
        headStarts[at(place)] = headStart;
    }

    /// Whether all stand in the order in which they go.
    boolean isInOrder() {
        for (int place = 1; place < size; place++) {
            if (TaskHeap.before(key(place), task(place), key(place - 1), task(place - 1))) {
                return false;
            }
        }
        return true;
    }

    /// Hands all to a heap that must be put in order.
    void moveTo(TaskHeap heap) {
        for (int place = 0; place < size; place++) {
            heap.append(queuedAt(place), headStarts[at(place)], task(place));
        }
        head = 0;
        size = 0;
    }

    private int at(int place) {
        return (head + place) & (tasks.length - 1);
    }

    private void grow() {
        int length = size * 2;
        long[] newQueuedAt = new long[length];
        int[] newHeadStarts = new int[length];
        int[] newTasks = new int[length];
        int front = size - head;
        System.arraycopy(queuedAt, head, newQueuedAt, 0, front);
        System.arraycopy(queuedAt, 0, newQueuedAt, front, head);
        System.arraycopy(headStarts, head, newHeadStarts, 0, front);
        System.arraycopy(headStarts, 0, newHeadStarts, front, head);
        System.arraycopy(tasks, head, newTasks, 0, front);
        System.arraycopy(tasks, 0, newTasks, front, head);
        queuedAt = newQueuedAt;
        headStarts = newHeadStarts;
        tasks = newTasks;
        head = 0;
    }
}
