package dev.ropewalk.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException;
import dev.ropewalk.store.StoreException.Kind;
import java.util.List;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/// What each part of the suite is given.
interface StoreUnderTest {

    /// Empty when a test begins.
    Store store();

    /// Writes to [#store()].
    SampleLog log();

    /// The call is refused, and the store takes nothing more.
    default void assertStops(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).satisfies(kind(kind));
        assertThatThrownBy(() -> store().append(new Batch(List.of(), List.of(), List.of(), List.of())))
                .satisfies(kind(Kind.FAILED));
    }

    default Consumer<Throwable> kind(Kind kind) {
        return e -> {
            assertThat(e).isInstanceOf(StoreException.class);
            assertThat(((StoreException) e).kind()).as(e.getMessage()).isEqualTo(kind);
        };
    }
}
