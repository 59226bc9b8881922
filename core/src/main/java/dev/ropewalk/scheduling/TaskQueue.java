package dev.ropewalk.scheduling;

/// The ready tasks of one execution in one lane, the best first: lowest key, then lowest index.
///
/// Tasks that come in the order in which they go, as equal ones do, are kept in a ring and cost
/// constant time; only the others go through the heap. A task takes 16 bytes; 20, all of them in the
/// heap, once one was taken out or ranked anew out of turn.
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
        if (!heap.isIndexed() && run.fits(HeadStart.key(queuedAt, headStart), task)) {
            run.add(queuedAt, headStart, task);
            if (run.size() == 1) {
                choose();
            }
        } else {
            heap.add(queuedAt, headStart, task);
            choose();
        }
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

    /// Takes a task out.
    ///
    /// @return whether it was here
    boolean remove(int task) {
        int place = placeOf(task);
        if (place >= 0) {
            heap.remove(place);
        }
        return place >= 0;
    }

    /// Ranks a task anew.
    ///
    /// @return whether it is here
    boolean rerank(int task, Ranking ranking) {
        int place = placeOf(task);
        if (place >= 0) {
            heap.changed(place, ranking.headStart(task, heap.queuedAt(place)));
        }
        return place >= 0;
    }

    private int placeOf(int task) {
        if (!heap.isIndexed()) {
            moveRunToHeap();
            heap.index();
        }
        return heap.placeOf(task);
    }

    /// Since when the task is queued, found by looking at each; -1 if it is not here.
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

    /// Ranks all tasks anew, in linear time.
    void rerank(Ranking ranking) {
        for (int place = 0; place < heap.size(); place++) {
            heap.set(place, ranking.headStart(heap.task(place), heap.queuedAt(place)));
        }
        for (int place = 0; place < run.size(); place++) {
            run.set(place, ranking.headStart(run.task(place), run.queuedAt(place)));
        }
        if (run.isInOrder()) {
            heap.order();
            choose();
        } else {
            moveRunToHeap();
        }
    }

    private void moveRunToHeap() {
        run.moveTo(heap);
        heap.order();
        choose();
    }

    private void choose() {
        fromHeap = heap.size() > 0
                && (run.size() == 0 || TaskHeap.before(heap.key(0), heap.task(0), run.key(0), run.task(0)));
    }
}
