package dev.ropewalk.scheduling;

/// Something that stands in a [NodeHeap]; in one at a time.
///
/// @param <N> itself
abstract class Node<N extends Node<N>> {

    /// Its place in the heap; -1 if it is in none.
    int place = -1;

    /// Whether it goes before the other. Two of a heap are never equal.
    abstract boolean before(N other);
}
