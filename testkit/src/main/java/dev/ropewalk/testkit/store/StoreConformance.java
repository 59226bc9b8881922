package dev.ropewalk.testkit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.store.Batch;
import dev.ropewalk.store.BlobRef;
import dev.ropewalk.store.Store;
import dev.ropewalk.store.StoreException.Kind;
import dev.ropewalk.store.TaskQuery;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// What every [Store] must do: extend it and say how to open an empty one. For a store that outlives its
/// process extend [DurableStoreConformance] instead.
@DisplayNameGeneration(ReplaceUnderscores.class)
public abstract class StoreConformance
        implements AppendConformance, QueryConformance, BesideTheLogConformance, BlobConformance {
    private Store store;
    private SampleLog log;

    /// Opens an empty store; called before each test.
    protected abstract Store openEmpty() throws Exception;

    @Override
    public final Store store() {
        return store;
    }

    @Override
    public final SampleLog log() {
        return log;
    }

    @BeforeEach
    final void openStore() throws Exception {
        use(openEmpty());
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    final void use(Store opened) {
        store = opened;
        log = new SampleLog(opened);
    }

    @Test
    void a_new_store_is_empty_and_has_an_owner() {
        assertThat(store().id()).matches("[A-Za-z0-9]+");
        assertThat(store().epoch()).isPositive();
        assertThat(store().lastPosition()).isZero();
        assertThat(store().lastExecutionNumber()).isZero();
        assertThat(store().projectedPosition()).isZero();
        assertThat(store().framesAfter(0, 10)).isEmpty();
        assertThat(store().unfinished()).isEmpty();
        assertThat(store().countByStatus("")).isEmpty();
        assertThat(store().workflows("")).isEmpty();
        assertThat(store().execution("", "run-1")).isEmpty();
        assertThat(store().frames(1, 1, 10)).isEmpty();
        assertThat(store().tasks(TaskQuery.all(1))).isEmpty();
        assertThat(store().messages(1, Optional.empty(), 0, 10)).isEmpty();
        assertThat(store().plan(new byte[32])).isEmpty();
        assertThat(store().workflow("", "report", "")).isEmpty();
    }

    @Test
    void a_closed_store_does_nothing_more() {
        store().close();
        store().close();

        assertThatThrownBy(() -> store().lastPosition()).satisfies(kind(Kind.UNUSABLE));
        assertThatThrownBy(() -> store().append(new Batch(List.of(), List.of(), List.of(), List.of())))
                .satisfies(kind(Kind.UNUSABLE));
        assertThatThrownBy(() -> store().blob(new BlobRef("", "b", 0, new byte[32], "", BlobRef.IDENTITY)))
                .satisfies(kind(Kind.UNUSABLE));
        assertThatThrownBy(() -> store().addMessages(List.of())).satisfies(kind(Kind.UNUSABLE));
    }
}
