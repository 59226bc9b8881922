package dev.ropewalk.format.tree;

import dev.ropewalk.plan.Location;

/// Receives what is wrong with a text, in the order found.
public interface ProblemSink {

    void add(Position at, Location place, String code, String message, String remedy);
}
