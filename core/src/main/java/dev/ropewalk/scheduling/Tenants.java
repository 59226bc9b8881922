package dev.ropewalk.scheduling;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Those who share the engine.
final class Tenants {

    final Turn.Clock turns = new Turn.Clock();
    private final SchedulerOptions options;
    private final Map<String, Tenant> byName = new LinkedHashMap<>();
    private final NodeHeap<Tenant> open = new NodeHeap<>();
    private long numbers;
    private int sweepAbove = 64;
    private @Nullable Tenant latest;

    Tenants(SchedulerOptions options) {
        this.options = options;
    }

    @Nullable
    Tenant first() {
        return open.first();
    }

    int size() {
        return byName.size();
    }

    Iterable<Tenant> all() {
        return byName.values();
    }

    Tenant named(String name) {
        if (latest == null || !latest.name.equals(name)) {
            sweep();
            latest = byName.computeIfAbsent(name, n -> new Tenant(this, n, options.weight(n), numbers++));
        }
        return latest;
    }

    /// Forgets those who have nothing here and no more of their share behind them than the others.
    private void sweep() {
        if (byName.size() > sweepAbove) {
            byName.values().removeIf(tenant -> tenant.executions == 0 && tenant.turn.start <= turns.now);
            sweepAbove = Math.max(64, 2 * byName.size());
        }
    }

    void open(Tenant tenant) {
        turns.joins(tenant.turn);
        open.add(tenant);
    }

    void close(Tenant tenant) {
        open.remove(tenant);
    }

    void changed(Tenant tenant) {
        open.changed(tenant);
    }
}
