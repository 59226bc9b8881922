package dev.ropewalk.resource;

/// Something scarce by which a task can be refused. Compared by identity: the same object as long as
/// anybody uses it.
public interface Resource {

    enum Kind {
        POOL,
        GROUP,
        LOCK,
        REQUESTS,
        TOKENS,
        BUDGET
    }

    Kind kind();

    /// For people, and unique among the resources of its kind.
    String name();
}
