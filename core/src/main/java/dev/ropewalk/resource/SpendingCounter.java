package dev.ropewalk.resource;

import dev.ropewalk.execution.Saturated;
import dev.ropewalk.execution.Settlement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// What all executions together have spent against a budget, of this day or for good.
///
/// What is reserved becomes settled when its attempt ends. An attempt that began on another day is
/// settled on that day, which does not count any more; only what it used beyond its reservation counts
/// on the day of its end.
final class SpendingCounter extends Remembered {

    private final String name;
    private final @Nullable ZoneId zone;
    final Strictest tokens = new Strictest();
    final Strictest cost = new Strictest();

    private long settledTokens;
    private long settledCost;
    private long reservedTokens;
    private long reservedCost;

    /// Since 1970; 0 of a budget for good.
    private long day;

    private long dayEnds = Long.MAX_VALUE;

    /// @param scope over what it counts
    /// @param zone in which a day begins; null for a budget for good
    SpendingCounter(String scope, @Nullable ZoneId zone, Changes changes) {
        super(key(scope, zone), changes);
        this.name = scope + (zone == null ? " in total" : " per day");
        this.zone = zone;
        if (zone != null) {
            dayEnds = Long.MIN_VALUE;
        }
    }

    @Override
    public Kind kind() {
        return Kind.BUDGET;
    }

    @Override
    public String name() {
        return name;
    }

    static String key(String scope, @Nullable ZoneId zone) {
        return zone == null ? "budget/total " + scope : "budget/day %s %s".formatted(zone.getId(), scope);
    }

    boolean isDeclared() {
        return !tokens.isEmpty() || !cost.isEmpty();
    }

    @Override
    boolean isForgettable(long now) {
        boolean spent = settledTokens != 0 || settledCost != 0;
        return !isDeclared() && users == 0 && (!spent || (zone != null && now >= dayEnds));
    }

    Spending spending(long now) {
        startDay(now);
        return new Spending(tokens.least(), settledTokens, reservedTokens, cost.least(), settledCost, reservedCost);
    }

    /// When there may be room; `now` if there is, [Long#MIN_VALUE] if there never will be.
    long roomAt(long wantedTokens, long wantedCost, long now) {
        boolean ever = wantedTokens <= tokens.greatest() && wantedCost <= cost.greatest();
        return switch (spending(now).room(wantedTokens, wantedCost)) {
            case THERE -> now;
            case WHEN_SETTLED -> dayEnds;
            case NEVER -> zone != null && ever ? dayEnds : Long.MIN_VALUE;
        };
    }

    /// @return the day on which it was reserved, for [#settle]
    long reserve(long moreTokens, long moreCost, long now) {
        startDay(now);
        reservedTokens = Saturated.add(reservedTokens, moreTokens);
        reservedCost = Saturated.add(reservedCost, moreCost);
        touch();
        return day;
    }

    void settle(long reservedOn, long tokensReserved, long costReserved, Settlement used, long now) {
        startDay(now);
        touch();
        if (reservedOn == day) {
            reservedTokens -= tokensReserved;
            reservedCost -= costReserved;
            settledTokens = Saturated.add(settledTokens, used.tokens());
            settledCost = Saturated.add(settledCost, used.microCost());
        } else {
            settledTokens = Saturated.add(settledTokens, Math.max(0, used.tokens() - tokensReserved));
            settledCost = Saturated.add(settledCost, Math.max(0, used.microCost() - costReserved));
        }
    }

    private void startDay(long now) {
        if (now < dayEnds || zone == null) {
            return;
        }
        LocalDate today = LocalDate.ofInstant(Instant.EPOCH.plus(now, ChronoUnit.MICROS), zone);
        setDay(today, zone);
        settledTokens = 0;
        settledCost = 0;
        reservedTokens = 0;
        reservedCost = 0;
    }

    private void setDay(LocalDate today, ZoneId in) {
        day = today.toEpochDay();
        Instant ends = today.plusDays(1).atStartOfDay(in).toInstant();
        dayEnds = ChronoUnit.MICROS.between(Instant.EPOCH, ends);
    }

    @Override
    byte[] encode(long now) {
        startDay(now);
        BalanceBytes out = new BalanceBytes();
        out.put(1);
        out.put(day);
        out.put(settledTokens);
        out.put(settledCost);
        out.put(reservedTokens);
        out.put(reservedCost);
        return out.toByteArray();
    }

    /// Goes on from what another process left. Its attempts are lost, so what they reserved is
    /// settled. Of a day that has not come by this clock, the end is waited for.
    @Override
    void restore(BalanceBytes in, long now) {
        in.expect(1);
        long of = in.take();
        settledTokens = in.take();
        settledCost = in.take();
        settledTokens = Saturated.add(settledTokens, in.take());
        settledCost = Saturated.add(settledCost, in.take());
        if (zone != null) {
            if (of > LocalDate.MAX.toEpochDay() - 1) {
                throw in.corrupt();
            }
            setDay(LocalDate.ofEpochDay(of), zone);
        }
        touch();
    }
}
