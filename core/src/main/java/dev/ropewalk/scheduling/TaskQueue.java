package dev.ropewalk.scheduling;

/// The ready tasks of one execution in one lane, the best first: lowest key, then lowest index.
///
/// Tasks that come in the order in which they go, as equal ones do, are kept in a ring and cost
/// constant time; only the others go through the heap. A task takes 16 bytes.
final class TaskQueue {

    /// Computes a task's head start anew.
    @FunctionalInterface
    interface Ranking {
        int headStart(int task, long queuedAt);
    }

    private final TaskRun run = new TaskRun();
    private final TaskHeap heap = new TaskHeap();

    /// Whether the best is in the heap.
    private boolean fromHeap;

    int size() {
        return run.size() + heap.size();
    }

    void add(int task, long queuedAt, int headStart) {
        long key = HeadStart.key(queuedAt, headStart);
        if (run.fits(key, task)) {
            run.add(queuedAt, headStart, task);
        } else {
            heap.add(queuedAt, headStart, task);
        }
        choose();
    }

    int firstTask() {
        return fromHeap ? heap.task(0) : run.task(0);
    }

    long firstKey() {
        return fromHeap ? heap.key(0) : run.key(0);
    }

    long firstQueuedAt() {
        return fromHeap ? heap.queuedAt(0) : run.queuedAt(0);
    }

    void removeFirst() {
        if (fromHeap) {
            heap.remove(0);
        } else {
            run.removeFirst();
        }
        choose();
    }

    /// Takes a task out, in linear time.
    ///
    /// @return since when it was queued; -1 if it is not here
    long remove(int task) {
        long since = -1;
        for (int place = 0; place < run.size() && since < 0; place++) {
            if (run.task(place) == task) {
                since = run.queuedAt(place);
                run.remove(place);
            }
        }
        for (int place = 0; place < heap.size() && since < 0; place++) {
            if (heap.task(place) == task) {
                since = heap.queuedAt(place);
                heap.remove(place);
            }
        }
        choose();
        return since;
    }

    /// Since when the task is queued, found in linear time; -1 if it is not here.
    long queuedAt(int task) {
        for (int place = 0; place < run.size(); place++) {
            if (run.task(place) == task) {
                return run.queuedAt(place);
            }
        }
        for (int place = 0; place < heap.size(); place++) {
            if (heap.task(place) == task) {
                return heap.queuedAt(place);
            }
        }
        return -1;
    }

    /// Ranks all tasks anew.
    void rerank(Ranking ranking) {
        for (int place = 0; place < heap.size(); place++) {
            heap.headStart(place, ranking.headStart(heap.task(place), heap.queuedAt(place)));
        }
        for (int place = 0; place < run.size(); place++) {
            heap.append(run.queuedAt(place), ranking.headStart(run.task(place), run.queuedAt(place)), run.task(place));
        }
        run.clear();
        heap.order();
        choose();
    }

    void clear() {
        run.clear();
        heap.clear();
        fromHeap = false;
    }

    private void choose() {
        fromHeap = heap.size() > 0
                && (run.size() == 0 || TaskHeap.before(heap.key(0), heap.task(0), run.key(0), run.task(0)));
    }
}
