package dev.ropewalk.scheduling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Tasks in any order: a binary heap in arrays, the best at place 0. Once it is *indexed* it knows where
/// each task stands, for four bytes more a task.
final class TaskHeap {

    private long[] queuedAt = new long[0];
    private int[] headStarts = new int[0];
    private int[] tasks = new int[0];
    private int size;

    /// The place of each task; -1 for one that is not here; null while nobody has asked.
    private int @Nullable [] places;

    int size() {
        return size;
    }

    long key(int place) {
        return HeadStart.key(queuedAt[place], headStarts[place]);
    }

    int task(int place) {
        return tasks[place];
    }

    long queuedAt(int place) {
        return queuedAt[place];
    }

    boolean isIndexed() {
        return places != null;
    }

    void index() {
        places = new int[0];
        for (int place = 0; place < size; place++) {
            stands(tasks[place], place);
        }
    }

    /// Where the task stands; -1 if it is not here. Only if indexed.
    int placeOf(int task) {
        return places == null || task >= places.length ? -1 : places[task];
    }

    private void stands(int task, int place) {
        if (places != null) {
            if (task >= places.length) {
                int length = places.length;
                places = Arrays.copyOf(places, Math.max(task + 1, 2 * length));
                Arrays.fill(places, length, places.length, -1);
            }
            places[task] = place;
        }
    }

    void add(long since, int headStart, int task) {
        append(since, headStart, task);
        rise(size - 1);
    }

    /// Adds without order; [#order] must follow.
    void append(long since, int headStart, int task) {
        if (size == tasks.length) {
            int length = Math.max(4, size * 2);
            queuedAt = Arrays.copyOf(queuedAt, length);
            headStarts = Arrays.copyOf(headStarts, length);
            tasks = Arrays.copyOf(tasks, length);
        }
        queuedAt[size] = since;
        headStarts[size] = headStart;
        tasks[size] = task;
        stands(task, size++);
    }

    /// Ranks the task at a place anew.
    void changed(int place, int headStart) {
        headStarts[place] = headStart;
        int task = tasks[place];
        rise(place);
        if (tasks[place] == task) {
            sink(place);
        }
    }

    /// Without order; [#order] must follow.
    void set(int place, int headStart) {
        headStarts[place] = headStart;
    }

    /// Makes it a heap again, in linear time.
    void order() {
        for (int place = size / 2 - 1; place >= 0; place--) {
            sink(place);
        }
    }

    void remove(int place) {
        stands(tasks[place], -1);
        size--;
        if (place < size) {
            move(size, place);
            rise(place);
            sink(place);
        }
    }

    private void rise(int start) {
        int place = start;
        long since = queuedAt[place];
        int headStart = headStarts[place];
        int task = tasks[place];
        long key = HeadStart.key(since, headStart);
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            if (!before(key, task, parent)) {
                break;
            }
            move(parent, place);
            place = parent;
        }
        put(place, since, headStart, task);
    }

    private void sink(int start) {
        int place = start;
        long since = queuedAt[place];
        int headStart = headStarts[place];
        int task = tasks[place];
        long key = HeadStart.key(since, headStart);
        while (2 * place + 1 < size) {
            int child = 2 * place + 1;
            if (child + 1 < size && before(key(child + 1), tasks[child + 1], child)) {
                child++;
            }
            if (!before(key(child), tasks[child], key, task)) {
                break;
            }
            move(child, place);
            place = child;
        }
        put(place, since, headStart, task);
    }

    private boolean before(long key, int task, int place) {
        return before(key, task, key(place), tasks[place]);
    }

    static boolean before(long key, int task, long otherKey, int otherTask) {
        return key < otherKey || (key == otherKey && task < otherTask);
    }

    private void move(int from, int to) {
        put(to, queuedAt[from], headStarts[from], tasks[from]);
    }

    private void put(int place, long since, int headStart, int task) {
        queuedAt[place] = since;
        headStarts[place] = headStart;
        tasks[place] = task;
        stands(task, place);
    }
}
