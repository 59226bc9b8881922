package dev.ropewalk.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// How much of each capability is in use: of the attempts that agents with it could run at once, how
/// many run.
final class Contention {

    /// One capability.
    static final class Use {
        final String capability;
        private long capacity;
        private long load;
        private int agents;

        private Use(String capability) {
            this.capability = capability;
        }

        double contention() {
            return capacity == 0 ? 0 : Math.min(1, (double) load / capacity);
        }
    }

    private final Map<String, Use> uses = new HashMap<>();

    /// An agent with these capabilities has come.
    List<Use> join(AgentProfile profile, int load) {
        List<Use> joined = new ArrayList<>(profile.capabilities().size());
        for (String capability : profile.capabilities().keySet()) {
            Use use = uses.computeIfAbsent(capability, Use::new);
            use.agents++;
            use.capacity += profile.capacity();
            use.load += load;
            joined.add(use);
        }
        return joined;
    }

    void leave(List<Use> joined, AgentProfile profile, int load) {
        for (Use use : joined) {
            use.capacity -= profile.capacity();
            use.load -= load;
            if (--use.agents == 0) {
                uses.remove(use.capability);
            }
        }
    }

    static void load(List<Use> joined, int change) {
        for (Use use : joined) {
            use.load += change;
        }
    }
}
