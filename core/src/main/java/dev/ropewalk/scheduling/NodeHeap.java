package dev.ropewalk.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A binary heap whose elements know their places, so that one that has changed is moved in
/// logarithmic time.
final class NodeHeap<N extends Node<N>> {

    private final List<N> nodes = new ArrayList<>(2);
    private @Nullable N first;

    @Nullable
    N first() {
        return first;
    }

    boolean isEmpty() {
        return first == null;
    }

    void add(N node) {
        nodes.add(node);
        node.place = nodes.size() - 1;
        rise(node);
    }

    void remove(N node) {
        int place = node.place;
        N last = nodes.removeLast();
        node.place = -1;
        if (nodes.isEmpty()) {
            first = null;
        }
        if (last != node) {
            put(place, last);
            changed(last);
        }
    }

    /// The node's order has changed.
    void changed(N node) {
        if (nodes.size() > 1) {
            rise(node);
            sink(node);
        }
    }

    private void rise(N node) {
        int place = node.place;
        while (place > 0) {
            N parent = nodes.get((place - 1) >>> 1);
            if (!node.before(parent)) {
                break;
            }
            int up = parent.place;
            put(place, parent);
            place = up;
        }
        put(place, node);
    }

    private void sink(N node) {
        int place = node.place;
        while (2 * place + 1 < nodes.size()) {
            N child = nodes.get(2 * place + 1);
            if (2 * place + 2 < nodes.size() && nodes.get(2 * place + 2).before(child)) {
                child = nodes.get(2 * place + 2);
            }
            if (!child.before(node)) {
                break;
            }
            int down = child.place;
            put(place, child);
            place = down;
        }
        put(place, node);
    }

    private void put(int place, N node) {
        nodes.set(place, node);
        node.place = place;
        if (place == 0) {
            first = node;
        }
    }
}
