package dev.ropewalk.plan;

import java.util.Arrays;

/// The lags of those edges that have one, by the edge's number: few edges do, and the others cost
/// nothing. Numbers are added ascending.
final class Lags {

    private int[] edges = {};
    private long[] micros = {};
    private int size;

    void add(int edge, long lagMicros) {
        if (size == edges.length) {
            edges = Arrays.copyOf(edges, Math.max(4, size * 2));
            micros = Arrays.copyOf(micros, edges.length);
        }
        edges[size] = edge;
        micros[size++] = lagMicros;
    }

    int size() {
        return size;
    }

    /// The number of the `i`-th edge that has a lag.
    int edge(int i) {
        return edges[i];
    }

    /// Of the `i`-th edge that has one.
    long micros(int i) {
        return micros[i];
    }

    /// Of the edge with this number; 0 if it has none.
    long of(int edge) {
        if (size == 0) {
            return 0;
        }
        int i = Arrays.binarySearch(edges, 0, size, edge);
        return i < 0 ? 0 : micros[i];
    }

    /// Of the same edges under new numbers.
    Lags renumbered(int[] numbers) {
        int[] order = new int[numbers.length];
        Arrays.fill(order, -1);
        for (int i = 0; i < size; i++) {
            order[numbers[edges[i]]] = i;
        }
        Lags renumbered = new Lags();
        for (int number = 0; number < order.length; number++) {
            if (order[number] >= 0) {
                renumbered.add(number, micros[order[number]]);
            }
        }
        return renumbered;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Lags that
                && size == that.size
                && Arrays.equals(edges, 0, size, that.edges, 0, size)
                && Arrays.equals(micros, 0, size, that.micros, 0, size);
    }

    @Override
    public int hashCode() {
        return size;
    }
}
