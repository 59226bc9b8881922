package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds circles among the edges of a plan in one depth-first walk with a stack of its own, so that a
/// chain of 100,000 tasks does not overflow the thread's.
///
/// Every edge that leads back onto the walk's current path closes a circle, and each is reported once;
/// a plan without circles has no such edge.
///
/// A task has a node for its start and one for its end, because an edge may ask for either and hold
/// either: a start that waits for another's, while that one's end waits for the first one's, is no
/// circle. In a plan whose edges all lead from an end to a start, one node stands for both.
///
/// A task with a fallback has one more: its *settlement*, which also waits for the fallback. What asks
/// how it ended hangs on the settlement. So a fallback that depends on what comes after its primary is a
/// circle as well.
///
/// Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972.
final class CycleSearch {

    /// More are counted, not shown.
    private static final int MAX_FOUND = Problems.MAX_LISTED;

    /// A circle: each task waits for the one before it, the first for the last.
    ///
    /// @param tasks beginning anywhere
    /// @param types of the edges that lead from each task to the next
    record Circle(int[] tasks, DependencyType[] types) {}

    private final int tasks;

    /// Where the nodes of starts begin; 0 if they are those of the ends.
    private final int starts;

    private final int[] taskOf;
    private final int[] first;
    private final int[] targets;
    private final List<Circle> found = new ArrayList<>();
    private int omitted;

    /// @param fallback of each task, or -1
    CycleSearch(Edges edges, int[] fallback) {
        this.tasks = fallback.length;
        int settlements = 0;
        for (int task = 0; task < tasks; task++) {
            settlements += fallback[task] >= 0 ? 1 : 0;
        }
        this.starts = edges.typed() ? tasks + settlements : 0;
        int nodes = tasks + settlements + (starts > 0 ? tasks : 0);
        this.taskOf = new int[nodes];
        Edges graph = graph(edges, fallback);
        this.first = graph.firstByOrigin(nodes);
        int[] packed = graph.sortedTargets(nodes);
        this.targets = new int[packed.length];
        for (int i = 0; i < packed.length; i++) {
            targets[i] = Edges.target(packed[i]);
        }
        search(nodes);
    }

    List<Circle> found() {
        return found;
    }

    int omitted() {
        return omitted;
    }

    private Edges graph(Edges edges, int[] fallback) {
        int[] settlement = new int[tasks];
        int next = tasks;
        for (int task = 0; task < tasks; task++) {
            settlement[task] = fallback[task] >= 0 ? next++ : task;
            taskOf[settlement[task]] = task;
            taskOf[task] = task;
            taskOf[start(task)] = task;
        }
        Edges graph = new Edges();
        for (int edge = 0; edge < edges.size(); edge++) {
            EdgeKind kind = edges.kindOf(edge);
            boolean atOnce = kind == EdgeKind.ORDER || kind == EdgeKind.FALLBACK;
            int from = edges.origin(edge);
            int to = edges.targetOf(edge);
            int origin = kind.asksForStart() ? start(from) : atOnce ? from : settlement[from];
            graph.add(origin, kind.holdsEnd() ? to : start(to), kind);
        }
        for (int task = 0; task < tasks; task++) {
            if (starts > 0) {
                graph.add(start(task), task, EdgeKind.ORDER);
            }
            if (fallback[task] >= 0) {
                graph.add(task, settlement[task], EdgeKind.ORDER);
                graph.add(settlement[fallback[task]], settlement[task], EdgeKind.ORDER);
            }
        }
        return graph;
    }

    private int start(int task) {
        return starts + task;
    }

    private void search(int nodes) {
        byte[] state = new byte[nodes];
        int[] path = new int[nodes];
        int[] nextEdge = Arrays.copyOf(first, nodes);
        int[] place = new int[nodes];
        for (int root = 0; root < nodes; root++) {
            if (state[root] != UNSEEN) {
                continue;
            }
            int depth = 0;
            path[0] = root;
            state[root] = ON_PATH;
            place[root] = 0;
            while (depth >= 0) {
                int node = path[depth];
                if (nextEdge[node] == first[node + 1]) {
                    state[node] = DONE;
                    depth--;
                    continue;
                }
                int target = targets[nextEdge[node]++];
                if (state[target] == ON_PATH) {
                    record(path, place[target], depth);
                } else if (state[target] == UNSEEN) {
                    state[target] = ON_PATH;
                    path[++depth] = target;
                    place[target] = depth;
                }
            }
        }
    }

    private static final byte UNSEEN = 0;
    private static final byte ON_PATH = 1;
    private static final byte DONE = 2;

    private void record(int[] path, int from, int to) {
        if (found.size() == MAX_FOUND) {
            omitted++;
            return;
        }
        int[] cycle = new int[to - from + 1];
        DependencyType[] types = new DependencyType[cycle.length];
        int length = 0;
        for (int i = from; i <= to; i++) {
            int node = path[i];
            int next = path[i == to ? from : i + 1];
            // Within a task its start leads to its end.
            if (taskOf[node] != taskOf[next] || from == to) {
                cycle[length] = taskOf[node];
                types[length++] = type(node, next);
            }
        }
        found.add(new Circle(Arrays.copyOf(cycle, length), Arrays.copyOf(types, length)));
    }

    private DependencyType type(int from, int to) {
        boolean fromStart = starts > 0 && from >= starts;
        boolean toStart = starts == 0 || to >= starts;
        if (fromStart) {
            return toStart ? DependencyType.START_TO_START : DependencyType.START_TO_FINISH;
        }
        return toStart ? DependencyType.FINISH_TO_START : DependencyType.FINISH_TO_FINISH;
    }
}
