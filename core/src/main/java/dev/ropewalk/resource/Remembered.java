package dev.ropewalk.resource;

/// What counts beyond the life of the process.
abstract sealed class Remembered implements Resource permits RateWindow, SpendingCounter {

    private final String key;
    private final Changes changes;
    private boolean changed;

    /// How many grants count in it.
    int users;

    Remembered(String key, Changes changes) {
        this.key = key;
        this.changes = changes;
    }

    final String key() {
        return key;
    }

    /// Lets it be looked at when the next balances are written.
    final void touch() {
        if (!changed) {
            changed = true;
            changes.add(this);
        }
    }

    final Balance balance(long now) {
        changed = false;
        return new Balance(key, isForgettable(now) ? new byte[0] : encode(now));
    }

    /// Whether it is as good as new, and nobody declares it.
    abstract boolean isForgettable(long now);

    abstract byte[] encode(long now);

    abstract void restore(BalanceBytes in, long now);
}
