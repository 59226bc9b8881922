package dev.ropewalk.engine;

import dev.ropewalk.resource.Balance;
import dev.ropewalk.resource.CorruptBalanceException;
import dev.ropewalk.resource.ResourceLedger;
import dev.ropewalk.store.BalanceRow;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreReader;

/// Makes the ledger of an engine that opens: it goes on from the balances that the store holds.
public final class Ledgers {

    private Ledgers() {}

    /// @throws StoreException `CORRUPT` if a balance cannot be read: to go on without it would spend
    ///     what has been spent
    public static ResourceLedger of(StoreReader store, long now) {
        ResourceLedger ledger = new ResourceLedger();
        for (BalanceRow row : store.balances()) {
            try {
                ledger.restore(new Balance(row.key(), row.bytes()), now);
            } catch (CorruptBalanceException e) {
                throw new StoreException(
                        StoreException.Kind.CORRUPT, "the balance %s cannot be read".formatted(row.key()), e);
            }
        }
        return ledger;
    }
}
