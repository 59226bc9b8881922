package dev.ropewalk.engine;

import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentDescriptor;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks agents that promise heartbeats whether they are alive, three times in the promised time, each
/// on a virtual thread of its own. Safe for use by several threads.
final class AgentWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentWatch.class);
    private static final int TIMES = 3;

    private final Consumer<String> heartbeat;
    private final Map<String, Thread> watched = new ConcurrentHashMap<>();

    /// @param heartbeat is told the names of those that are
    AgentWatch(Consumer<String> heartbeat) {
        this.heartbeat = heartbeat;
    }

    void watch(Agent agent, AgentDescriptor descriptor) {
        descriptor.heartbeat().ifPresent(within -> {
            String name = descriptor.name();
            Thread thread = Thread.ofVirtual().name("ropewalk-agent-" + name).unstarted(() -> ask(agent, name, within));
            watched.put(name, thread);
            thread.start();
        });
    }

    private void ask(Agent agent, String name, Duration within) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                if (isAlive(agent, name)) {
                    heartbeat.accept(name);
                }
                Thread.sleep(within.dividedBy(TIMES));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isAlive(Agent agent, String name) throws InterruptedException {
        try {
            return agent.isAlive();
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            LOG.debug("Agent does not answer agent={}", name, e);
            return false;
        }
    }

    void forget(String name) {
        Thread thread = watched.remove(name);
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public void close() {
        watched.keySet().forEach(this::forget);
    }
}
