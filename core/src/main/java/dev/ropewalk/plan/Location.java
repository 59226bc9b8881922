package dev.ropewalk.plan;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Where something stands in a workflow. It is written out as `steps[0].tasks[2].after[0]` only when a
/// problem is reported, so that a sound plan of 100,000 tasks pays nothing for it.
///
/// What is wrong inside a sub-plan is found behind `plan`: `steps[0].tasks[1].plan.steps[0].id`.
public final class Location {

    public static final Location ROOT = new Location(null, "", -1);

    private final @Nullable Location parent;
    private final String key;
    private final int index;

    private Location(@Nullable Location parent, String key, int index) {
        this.parent = parent;
        this.key = key;
        this.index = index;
    }

    /// The value of `key` in the map that stands here.
    public Location key(String key) {
        return new Location(this, key, -1);
    }

    /// The item `index` of the list that stands here.
    public Location index(int index) {
        return new Location(this, "", index);
    }

    /// The first part of the path, for places too deep to be told.
    Location outermost() {
        Location at = this;
        while (at.parent != null && at.parent.parent != null) {
            at = at.parent;
        }
        return at;
    }

    @Override
    public String toString() {
        Deque<Location> places = new ArrayDeque<>();
        for (Location at = this; at.parent != null; at = at.parent) {
            places.push(at);
        }
        StringBuilder text = new StringBuilder();
        for (Location place : places) {
            if (place.index >= 0) {
                text.append('[').append(place.index).append(']');
            } else if (Identifier.isValid(place.key)) {
                text.append(text.isEmpty() ? "" : ".").append(place.key);
            } else {
                text.append('[').append(Quoted.of(place.key)).append(']');
            }
        }
        return text.toString();
    }
}
