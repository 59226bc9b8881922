package dev.ropewalk.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.util.function.Consumer;

/// What kind of failure is expected.
final class Kinds {
    private Kinds() {}

    static Consumer<Throwable> kind(Kind kind) {
        return e -> {
            assertThat(e).isInstanceOf(StoreException.class);
            assertThat(((StoreException) e).kind()).as(e.getMessage()).isEqualTo(kind);
        };
    }
}
