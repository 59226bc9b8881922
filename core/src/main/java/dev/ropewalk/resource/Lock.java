package dev.ropewalk.resource;

/// A named lock, which one attempt at a time may have. Made when it is first asked for, forgotten when
/// nobody has it or may ask for it.
final class Lock implements Resource {

    private final String name;
    final Holds holds = new Holds();
    boolean taken;

    /// Demands that name it.
    int references;

    Lock(String name) {
        this.name = name;
    }

    @Override
    public Kind kind() {
        return Kind.LOCK;
    }

    @Override
    public String name() {
        return name;
    }

    boolean hasRoom(Demand demand) {
        return !taken && holds.against(demand) == 0;
    }

    boolean isIdle() {
        return references == 0 && !taken;
    }
}
