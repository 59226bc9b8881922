package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.Location;

/// A value in a plan file and its address.
record Field(Node node, Location place) {

    Field item(int index, Node item) {
        return new Field(item, place.index(index));
    }

    Field entry(Node.Entry entry) {
        return new Field(entry.value(), place.key(entry.key()));
    }
}
