package dev.ropewalk.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The agents that meet one demand, whatever its key, in order of name.
final class Crew implements Awaited {

    private static final Comparator<Member> BY_NAME = Comparator.comparing(Member::name);

    final AgentDemand demand;
    final List<Member> members = new ArrayList<>();

    /// Whether a task was refused since it was told of the last change.
    boolean awaited;

    Crew(AgentDemand demand) {
        this.demand = demand;
    }

    /// Adds the agent if it meets the demand.
    boolean consider(Member member) {
        if (!member.profile.meets(demand)) {
            return false;
        }
        members.add(member);
        members.sort(BY_NAME);
        member.crews.add(this);
        return true;
    }

    @Override
    public String text() {
        return demand.text();
    }

    @Override
    public String toString() {
        return text();
    }
}
