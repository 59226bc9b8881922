package dev.ropewalk.format.tree;

/// A place in a text; both numbers count from 1, the column in characters as an editor shows them.
public record Position(int line, int column) {

    public static final Position START = new Position(1, 1);
}
