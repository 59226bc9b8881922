package dev.ropewalk.agent;

/// A place with an agent that an attempt holds until [AgentRegistry#release].
public final class Lease {

    final Member member;
    final String tool;

    /// At the usual speed, as declared; 0 if it was not.
    final long declaredMicros;

    /// Orders leases that are expected to end at the same time.
    final long number;

    final long expectedEnd;
    boolean released;

    Lease(Member member, String tool, long declaredMicros, long number, long expectedEnd) {
        this.member = member;
        this.tool = tool;
        this.declaredMicros = declaredMicros;
        this.number = number;
        this.expectedEnd = expectedEnd;
    }

    /// Who runs the attempt.
    public String agent() {
        return member.profile.name();
    }

    /// When the attempt is expected to end, in microseconds since 1970.
    public long expectedEnd() {
        return expectedEnd;
    }
}
