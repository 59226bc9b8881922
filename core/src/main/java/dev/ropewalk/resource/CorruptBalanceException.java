package dev.ropewalk.resource;

/// The bytes of a balance are not what the ledger wrote. To go on without it could use what was used
/// before, so the engine does not.
public final class CorruptBalanceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CorruptBalanceException(String message) {
        super(message);
    }

    CorruptBalanceException(String key, CorruptBalanceException cause) {
        super("the balance \"%s\" cannot be read: %s".formatted(key, cause.getMessage()), cause);
    }
}
