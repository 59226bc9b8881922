package dev.ropewalk.agent;

/// What candidates that have room are compared by: the total, then the cost, then the part of their
/// capacity that is in use.
record Ranked(double total, double cost, double load, double run) {

    static final Ranked NONE = new Ranked(Double.POSITIVE_INFINITY, 0, 0, 0);

    /// @param routing has just looked at the candidate
    static Ranked of(Routing routing, Member candidate) {
        double load = (double) candidate.leases.size() / candidate.profile.capacity();
        return new Ranked(routing.total, routing.cost, load, routing.run);
    }

    boolean isBefore(Ranked other) {
        if (total != other.total) {
            return total < other.total;
        }
        return cost != other.cost ? cost < other.cost : load < other.load;
    }
}
