package dev.ropewalk.resource;

import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A concurrency group: how many attempts count in it, and its rates and budgets. One that nobody
/// declares has no limit.
final class Group implements Resource {

    /// Finds or makes the window of a group's rate.
    @FunctionalInterface
    interface Windows {
        RateWindow find(Kind kind, String group, long period);
    }

    private final String name;
    private final Windows windows;
    final Holds holds = new Holds();
    final BudgetScope budgets;
    final List<RateWindow> requests = new ArrayList<>(1);
    final List<RateWindow> tokens = new ArrayList<>(1);

    private final Strictest concurrent = new Strictest();
    private final Strictest adaptiveMax = new Strictest();
    private final Strictest adaptiveMin = new Strictest();
    private @Nullable AdaptiveLimit adaptive;
    private long resized = Strictest.NO_LIMIT;

    private long used;

    /// Demands and declarations that name it.
    int references;

    Group(String name, BudgetScope budgets, Windows windows) {
        this.name = name;
        this.budgets = budgets;
        this.windows = windows;
    }

    @Override
    public Kind kind() {
        return Kind.GROUP;
    }

    @Override
    public String name() {
        return name;
    }

    void declare(ConcurrencyGroup declared) {
        references++;
        if (declared.maxConcurrent() > 0) {
            concurrent.add(declared.maxConcurrent());
        }
        declared.adaptive().ifPresent(range -> {
            adaptiveMin.add(range.min());
            adaptiveMax.add(range.max());
            if (adaptive == null) {
                adaptive = new AdaptiveLimit(range.min());
            }
        });
        declare(Kind.REQUESTS, declared.requests(), requests);
        declare(Kind.TOKENS, declared.tokens(), tokens);
        declared.budget().ifPresent(budgets::declare);
    }

    private void declare(Kind kind, Optional<RateLimit> rate, List<RateWindow> known) {
        rate.ifPresent(limit -> {
            RateWindow window = windows.find(kind, name, limit.periodMicros());
            window.limits.add(limit.amount());
            if (!known.contains(window)) {
                known.add(window);
            }
        });
    }

    void withdraw(ConcurrencyGroup declared) {
        references--;
        if (declared.maxConcurrent() > 0) {
            concurrent.remove(declared.maxConcurrent());
        }
        declared.adaptive().ifPresent(range -> {
            adaptiveMin.remove(range.min());
            adaptiveMax.remove(range.max());
        });
        withdraw(Kind.REQUESTS, declared.requests(), requests);
        withdraw(Kind.TOKENS, declared.tokens(), tokens);
        declared.budget().ifPresent(budgets::withdraw);
    }

    private void withdraw(Kind kind, Optional<RateLimit> rate, List<RateWindow> known) {
        rate.ifPresent(limit -> {
            RateWindow window = windows.find(kind, name, limit.periodMicros());
            window.limits.remove(limit.amount());
            window.touch();
            if (window.limits.isEmpty()) {
                known.remove(window);
            }
        });
    }

    void resize(int maxConcurrent) {
        resized = maxConcurrent;
    }

    /// How many may be in it at once now.
    long limit() {
        long limit = Math.min(resized, concurrent.least());
        if (adaptive == null || adaptiveMax.isEmpty()) {
            return limit;
        }
        int max = (int) adaptiveMax.least();
        return Math.min(limit, adaptive.limit(Math.min(max, (int) adaptiveMin.least()), max));
    }

    void observe(long latencyMicros, boolean failed) {
        if (adaptive != null && !adaptiveMax.isEmpty()) {
            int max = (int) adaptiveMax.least();
            int min = Math.min(max, (int) adaptiveMin.least());
            adaptive.observe(latencyMicros, failed, (int) Math.min(Integer.MAX_VALUE, used), min, max);
        }
    }

    boolean hasRoom(Demand demand) {
        long limit = limit();
        return used < limit && holds.leaveRoom(demand, 1, limit);
    }

    long used() {
        return used;
    }

    void enter() {
        used++;
        holds.granted(1);
    }

    void leave(long grant) {
        used--;
        holds.released(1, grant);
    }

    boolean isIdle() {
        return references == 0 && used == 0 && holds.isEmpty() && resized == Strictest.NO_LIMIT;
    }
}
