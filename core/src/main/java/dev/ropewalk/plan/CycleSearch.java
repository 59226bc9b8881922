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
/// A task with a fallback has two nodes: its own end, and its *settlement*, which also waits for the
/// fallback. What asks how it ended hangs on the settlement. So a fallback that depends on what comes
/// after its primary is a circle as well.
///
/// Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1(2), 1972.
final class CycleSearch {

    /// More are counted, not shown.
    private static final int MAX_FOUND = Problems.MAX_LISTED;

    private final int tasks;
    private final int[] settled;
    private final int[] first;
    private final int[] targets;
    private final List<int[]> found = new ArrayList<>();
    private int omitted;

    /// @param fallback of each task, or -1
    CycleSearch(Edges edges, int[] fallback) {
        this.tasks = fallback.length;
        this.settled = new int[tasks * 2];
        Edges graph = settlements(edges, fallback);
        int nodes = tasks;
        for (int task = 0; task < tasks; task++) {
            nodes += fallback[task] >= 0 ? 1 : 0;
        }
        this.first = graph.firstByOrigin(nodes);
        int[] packed = graph.sortedTargets(nodes);
        this.targets = new int[packed.length];
        for (int i = 0; i < packed.length; i++) {
            targets[i] = Edges.target(packed[i]);
        }
        search(nodes);
    }

    /// The circles as task indexes, each in the order of its edges, beginning anywhere.
    List<int[]> found() {
        return found;
    }

    int omitted() {
        return omitted;
    }

    private Edges settlements(Edges edges, int[] fallback) {
        int[] settlement = new int[tasks];
        int next = tasks;
        for (int task = 0; task < tasks; task++) {
            settlement[task] = fallback[task] >= 0 ? next++ : task;
            settled[settlement[task]] = task;
            settled[task] = task;
        }
        Edges graph = new Edges();
        for (int edge = 0; edge < edges.size(); edge++) {
            EdgeKind kind = edges.kindOf(edge);
            boolean atOnce = kind == EdgeKind.ORDER || kind == EdgeKind.FALLBACK;
            int from = edges.origin(edge);
            graph.add(atOnce ? from : settlement[from], edges.targetOf(edge), kind);
        }
        for (int task = 0; task < tasks; task++) {
            if (fallback[task] >= 0) {
                graph.add(task, settlement[task], EdgeKind.ORDER);
                graph.add(settlement[fallback[task]], settlement[task], EdgeKind.ORDER);
            }
        }
        return graph;
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
        int length = 0;
        for (int i = from; i <= to; i++) {
            int task = settled[path[i]];
            if (length == 0 || cycle[length - 1] != task) {
                cycle[length++] = task;
            }
        }
        found.add(Arrays.copyOf(cycle, length));
    }
}
