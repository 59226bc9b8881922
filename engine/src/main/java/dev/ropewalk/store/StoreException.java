package dev.ropewalk.store;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A store could not do what was asked of it.
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /// What went wrong, as far as it matters to the caller.
    public enum Kind {
        /// No space left: nothing was written, try again when there is.
        FULL,
        /// A write or sync failed; what was written is unknown until the store is opened again.
        FAILED,
        /// Another process owns the store.
        LOCKED,
        /// Another owner has taken over since.
        FENCED,
        /// What was read is not what was written.
        CORRUPT,
        /// Written by a newer version of the program.
        TOO_NEW,
        /// Contradicts what is stored.
        CONFLICT,
        /// There is no store at this place.
        NOT_FOUND,
        /// The place cannot be used: rights, read-only, not a store.
        UNUSABLE
    }

    private final Kind kind;

    public StoreException(Kind kind, String message) {
        this(kind, message, null);
    }

    public StoreException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    /// The stable code for people and programs: `STORAGE_FULL`, `STORE_LOCKED` …
    public String code() {
        return switch (kind) {
            case FULL -> "STORAGE_FULL";
            case FAILED -> "STORAGE_FAILED";
            case LOCKED -> "STORE_LOCKED";
            case FENCED -> "STORE_FENCED";
            case CORRUPT -> "STORE_CORRUPT";
            case TOO_NEW -> "STORE_TOO_NEW";
            case CONFLICT -> "CONFLICT";
            case NOT_FOUND -> "STORE_NOT_FOUND";
            case UNUSABLE -> "STORE_UNUSABLE";
        };
    }
}
