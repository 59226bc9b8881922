package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentDemand;
import dev.ropewalk.agent.AgentRegistry;
import dev.ropewalk.agent.AgentStanding;
import dev.ropewalk.agent.Awaited;
import dev.ropewalk.agent.Choice;
import dev.ropewalk.agent.Lease;
import dev.ropewalk.agent.RoutingOptions;
import dev.ropewalk.agent.TaskProfile;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The loop's agents: which tasks need one, who gets them, and what follows when agents come and go.
/// Owned by the loop.
final class AgentDesk {

    private static final Logger LOG = LoggerFactory.getLogger(AgentDesk.class);

    private final AgentRegistry registry;

    /// Tools that only agents have. A name stays when its agents have gone, so that tasks wait for
    /// another.
    private final Set<String> tools = new HashSet<>();

    private final Map<String, List<Runnable>> draining = new HashMap<>();

    /// Why tasks wait, by what they wait for.
    private final Map<Awaited, Choice.Refused> refused = new LinkedHashMap<>();

    AgentDesk(RoutingOptions options) {
        this.registry = new AgentRegistry(options);
    }

    /// @return whose attempts are to be stopped; empty for nobody
    String apply(AgentChange change, long now) {
        switch (change) {
            case AgentChange.Register c -> {
                registry.register(c.profile(), now);
                tools.addAll(c.ownTools());
            }
            case AgentChange.Unregister c -> {
                registry.unregister(c.name());
                tellIfIdle(c.name(), now);
                return c.name();
            }
            case AgentChange.Drain c -> {
                registry.drain(c.name());
                draining.computeIfAbsent(c.name(), _ -> new ArrayList<>()).add(c.idle());
                tellIfIdle(c.name(), now);
            }
            case AgentChange.Resume c -> {
                registry.resume(c.name());
                tell(c.name());
            }
            case AgentChange.Heartbeat c -> registry.heartbeat(c.name(), now);
            case AgentChange.Route c -> registry.route(c.options());
            case AgentChange.Look c -> c.look().accept(registry, now);
            case AgentChange.LookAtWaiting c -> c.look().accept(List.copyOf(refused.values()));
        }
        return "";
    }

    /// Those whose attempts are to be stopped, because they were not heard of for too long.
    List<String> gone(long now) {
        return registry.tick(now);
    }

    /// When to ask [#gone] next.
    long nextDue() {
        return registry.nextTick();
    }

    /// Whether there are tools that only agents have.
    boolean haveTools() {
        return !tools.isEmpty();
    }

    /// What the task asks of an agent; null if it needs none.
    @Nullable
    AgentDemand demand(PlannedTask task) {
        if (task.needs().agent().isPresent()) {
            return AgentDemand.of(task.needs().agent().get(), task.tool());
        }
        return tools.contains(task.tool()) ? AgentDemand.forTool(task.tool()) : null;
    }

    Choice choose(AgentDemand demand, TaskProfile task, long now) {
        Choice choice = registry.choose(demand, task, now);
        if (choice instanceof Choice.Refused refusal) {
            Choice.Refused before = refused.put(refusal.on(), refusal);
            if (refusal instanceof Choice.Nobody && !(before instanceof Choice.Nobody)) {
                LOG.warn("Tasks wait for an agent that is not there reason={}", refusal.reason());
            }
        }
        return choice;
    }

    Lease take(String agent, AgentDemand demand, TaskProfile task, long now) {
        return registry.take(agent, demand, task, now);
    }

    /// The attempt has ended, or did not start after all.
    void release(Lease lease, long now) {
        registry.release(lease);
        tellIfIdle(lease.agent(), now);
    }

    /// @param runMicros how long the attempt ran
    void learn(Lease lease, boolean succeeded, long runMicros, long now) {
        registry.learn(lease, succeeded, runMicros, now);
    }

    /// What tasks waited for that may be there now.
    List<Awaited> changed() {
        List<Awaited> changed = registry.changed();
        if (!refused.isEmpty()) {
            changed.forEach(refused::remove);
        }
        return changed;
    }

    private void tellIfIdle(String name, long now) {
        if (!draining.isEmpty()
                && registry.standing(name, now).map(AgentStanding::load).orElse(0) == 0) {
            tell(name);
        }
    }

    private void tell(String name) {
        List<Runnable> waiting = draining.remove(name);
        if (waiting != null) {
            waiting.forEach(Runnable::run);
        }
    }
}
