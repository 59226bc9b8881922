package dev.ropewalk.resource;

import dev.ropewalk.execution.Saturated;
import java.util.Locale;

/// A sliding window: within any stretch of time as long as the period, no more than the limit is used.
/// A bucket that fills steadily would let through twice the limit in one such stretch.
///
/// What is granted counts from the grant on, without end, until it is known when the attempt really
/// started; from then on it counts for a period and a margin. The margin is for what lies between the
/// start of an attempt and the moment in which the called side counts it: where one call takes up to a
/// margin longer to arrive than one a period later, the other side still sees no more than the limit.
///
/// Exact for up to [#MAX_ENTRIES] starts in a period. With more, starts that lie within a thirty-second of
/// the period count as one at the time of the last: room comes later, never sooner.
///
/// Where the wall clock stepped back between two processes, what was in the future counts as of now.
final class RateWindow extends Remembered {

    static final int MAX_ENTRIES = 128;
    static final long MAX_MARGIN_MICROS = 10_000;

    private final Kind kind;
    private final String name;
    private final long period;
    private final long margin;
    final Strictest limits = new Strictest();
    final Holds holds = new Holds();

    // Entries in order of time, each from its first start to its last.
    private final long[] first = new long[MAX_ENTRIES];
    private final long[] last = new long[MAX_ENTRIES];
    private final long[] amounts = new long[MAX_ENTRIES];
    private int size;
    private long sum;

    /// Granted, and not known to have started.
    private long pending;

    RateWindow(Kind kind, String name, long period, Changes changes) {
        super("rate/%s %d %s".formatted(kind.name().toLowerCase(Locale.ROOT), period, name), changes);
        this.kind = kind;
        this.name = name;
        this.period = period;
        this.margin = margin(period);
    }

    /// How much longer than a period what was used counts.
    static long margin(long period) {
        return Math.min(MAX_MARGIN_MICROS, period / 100);
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String name() {
        return name;
    }

    /// How much counts now.
    long used(long now) {
        expire(now);
        return Saturated.add(sum, pending);
    }

    @Override
    boolean isForgettable(long now) {
        return limits.isEmpty() && users == 0 && holds.isEmpty() && used(now) == 0;
    }

    /// When there may be room for `amount`; `now` if there is.
    long roomAt(Demand demand, long amount, long now) {
        expire(now);
        long limit = limits.least();
        long kept = holds.against(demand);
        long wanted = Saturated.add(Saturated.add(Saturated.add(sum, pending), kept), amount);
        if (wanted <= limit) {
            return now;
        }
        long missing = wanted - limit;
        for (int i = 0; i < size; i++) {
            missing -= amounts[i];
            if (missing <= 0) {
                return expiry(i);
            }
        }
        // What is pending starts at once, as far as anybody knows; what is kept for others may have been
        // taken by then, and nobody will say so: a request is not given back.
        return Saturated.add(now, period + margin);
    }

    void reserve(long amount) {
        pending = Saturated.add(pending, amount);
        touch();
    }

    /// What was reserved will not be used.
    void drop(long amount) {
        pending -= amount;
        touch();
    }

    /// What was reserved started at `at`.
    void confirm(long amount, long at) {
        pending -= amount;
        use(amount, at);
    }

    /// Counts `amount` from `at` on, which is not before what was counted last.
    void use(long amount, long at) {
        if (amount == 0) {
            return;
        }
        touch();
        expire(at);
        if (size == MAX_ENTRIES) {
            merge();
        }
        long time = size == 0 ? at : Math.max(at, last[size - 1]);
        if (size > 0 && last[size - 1] == time) {
            amounts[size - 1] = Saturated.add(amounts[size - 1], amount);
        } else {
            put(time, time, amount);
        }
        sum = Saturated.add(sum, amount);
    }

    /// Takes back some of what started at `at`, as far as it still counts.
    void giveBack(long amount, long at) {
        for (int i = size - 1; i >= 0 && last[i] >= at; i--) {
            if (first[i] <= at) {
                long back = Math.min(amount, amounts[i]);
                amounts[i] -= back;
                sum -= back;
                touch();
                return;
            }
        }
    }

    private void put(long from, long to, long amount) {
        first[size] = from;
        last[size] = to;
        amounts[size++] = amount;
    }

    private long expiry(int entry) {
        return Saturated.add(last[entry], period + margin);
    }

    private void expire(long now) {
        int gone = 0;
        while (gone < size && (expiry(gone) <= now || amounts[gone] == 0)) {
            sum -= amounts[gone++];
        }
        if (gone > 0) {
            size -= gone;
            System.arraycopy(first, gone, first, 0, size);
            System.arraycopy(last, gone, last, 0, size);
            System.arraycopy(amounts, gone, amounts, 0, size);
        }
    }

    /// Puts neighbours together that lie close. Two that are left side by side span more than a
    /// thirty-second of the period, so at most half of the room is taken afterwards, but for what the
    /// margin adds.
    private void merge() {
        long close = Math.max(1, period / 32);
        int kept = 0;
        for (int i = 1; i < size; i++) {
            if (last[i] - first[kept] <= close) {
                last[kept] = last[i];
                amounts[kept] = Saturated.add(amounts[kept], amounts[i]);
            } else {
                kept++;
                first[kept] = first[i];
                last[kept] = last[i];
                amounts[kept] = amounts[i];
            }
        }
        size = kept + 1;
    }

    @Override
    byte[] encode(long now) {
        expire(now);
        BalanceBytes out = new BalanceBytes();
        out.put(1);
        out.put(pending);
        out.put(size);
        long before = 0;
        for (int i = 0; i < size; i++) {
            out.put(first[i] - before);
            out.put(last[i] - first[i]);
            out.put(amounts[i]);
            before = last[i];
        }
        return out.toByteArray();
    }

    /// Goes on from what another process left, at `now`. Of what was pending nobody knows when, or
    /// whether, it started: it counts as of now.
    @Override
    void restore(BalanceBytes in, long now) {
        in.expect(1);
        long started = in.take();
        long count = in.take();
        if (count > MAX_ENTRIES) {
            throw in.corrupt();
        }
        size = 0;
        sum = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            long from = Saturated.add(before, in.take());
            long to = Saturated.add(from, in.take());
            long amount = in.take();
            put(Math.min(from, now), Math.min(to, now), amount);
            sum = Saturated.add(sum, amount);
            before = to;
        }
        pending = 0;
        use(started, now);
        touch();
    }
}
