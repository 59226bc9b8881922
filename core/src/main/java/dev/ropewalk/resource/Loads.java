package dev.ropewalk.resource;

import java.util.ArrayList;
import java.util.List;

/// Looks at what is declared.
final class Loads {

    private Loads() {}

    static List<ResourceLoad> of(Declarations known, long now) {
        List<ResourceLoad> loads = new ArrayList<>();
        known.pools().forEach(pool -> loads.add(of(pool)));
        for (Group group : known.groups()) {
            loads.add(new ResourceLoad(
                    group.kind(), group.name(), "", group.limit(), group.used(), group.holds.total(), 0));
        }
        known.remembered().forEach(remembered -> {
            switch (remembered) {
                case RateWindow window -> loads.add(of(window, now));
                case SpendingCounter counter -> addOf(counter, counter.spending(now), loads);
            }
        });
        return loads;
    }

    static ResourceLoad of(Pool pool) {
        return new ResourceLoad(
                Resource.Kind.POOL,
                pool.name(),
                pool.description.type(),
                pool.capacity(),
                pool.used(),
                pool.holds.total(),
                pool.queued);
    }

    private static ResourceLoad of(RateWindow window, long now) {
        return new ResourceLoad(
                window.kind(), window.name(), "", window.limits.least(), window.used(now), window.holds.total(), 0);
    }

    private static void addOf(SpendingCounter counter, Spending spending, List<ResourceLoad> loads) {
        if (!counter.tokens.isEmpty()) {
            loads.add(new ResourceLoad(
                    counter.kind(),
                    counter.name(),
                    "tokens",
                    spending.tokenLimit(),
                    spending.settledTokens() + spending.reservedTokens(),
                    0,
                    0));
        }
        if (!counter.cost.isEmpty()) {
            loads.add(new ResourceLoad(
                    counter.kind(),
                    counter.name(),
                    "money",
                    spending.costLimit(),
                    spending.settledCost() + spending.reservedCost(),
                    0,
                    0));
        }
    }
}
