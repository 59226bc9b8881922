package dev.ropewalk.agent;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Which agents meet which demands: found once for each demand and kept up as agents come and go, so
/// that a decision looks at those that match and at no other.
final class Crews {

    private final int most;
    private final LinkedHashMap<AgentDemand, Crew> crews = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, TreeMap<String, Member>> byTool = new HashMap<>();
    private final List<Awaited> changed = new ArrayList<>();

    Crews(int most) {
        this.most = most;
    }

    Crew of(AgentDemand demand) {
        AgentDemand key = demand.withoutKey();
        Crew known = crews.get(key);
        if (known != null) {
            return known;
        }
        Crew crew = new Crew(key);
        offering(key.tool()).forEach(crew::consider);
        crews.put(key, crew);
        if (crews.size() > most) {
            forget(crews.pollFirstEntry().getValue());
        }
        return crew;
    }

    /// Who waits for the agents of a crew that is forgotten is told to ask again.
    private void forget(Crew crew) {
        crew.members.forEach(member -> member.crews.remove(crew));
        wake(crew);
    }

    Collection<Member> offering(String tool) {
        TreeMap<String, Member> offering = byTool.get(tool);
        return offering == null ? List.of() : offering.values();
    }

    void join(Member member) {
        for (String tool : member.profile.tools()) {
            byTool.computeIfAbsent(tool, _ -> new TreeMap<>()).put(member.name(), member);
        }
        crews.values().forEach(crew -> crew.consider(member));
        wake(member);
    }

    void leave(Member member) {
        wake(member);
        for (String tool : member.profile.tools()) {
            TreeMap<String, Member> offering = byTool.get(tool);
            if (offering != null && offering.remove(member.name()) != null && offering.isEmpty()) {
                byTool.remove(tool);
            }
        }
        member.crews.forEach(crew -> crew.members.remove(member));
        member.crews.clear();
    }

    /// Something about the agent has changed that tasks may wait for.
    void wake(Member member) {
        if (member.awaited) {
            member.awaited = false;
            changed.add(member);
        }
        member.crews.forEach(this::wake);
    }

    private void wake(Crew crew) {
        if (crew.awaited) {
            crew.awaited = false;
            changed.add(crew);
        }
    }

    List<Awaited> drainChanged() {
        if (changed.isEmpty()) {
            return List.of();
        }
        List<Awaited> all = List.copyOf(changed);
        changed.clear();
        return all;
    }
}
