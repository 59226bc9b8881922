package dev.ropewalk.store;

import java.util.Arrays;
import java.util.Objects;

/// What a rate or a budget has used up so far, as the engine encodes it.
///
/// @param key names the rate or the budget
/// @param bytes its balance; in a [Batch] empty if it is to be forgotten
public record BalanceRow(String key, byte[] bytes) {

    public BalanceRow {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(bytes, "bytes");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BalanceRow that && key.equals(that.key) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "%s (%d bytes)".formatted(key, bytes.length);
    }
}
