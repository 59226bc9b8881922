package dev.ropewalk.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.SubmitOptions;
import dev.ropewalk.engine.KeptStore;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExecutionStatus;
import dev.ropewalk.store.ExecutionRow;
import dev.ropewalk.store.Frame;
import dev.ropewalk.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RecoveryTest {

    private final KeptStore store = new KeptStore();
    private final Recovery recovery = new Recovery(store);

    @BeforeEach
    void run() {
        try (ExecutionEngine engine = ExecutionEngine.builder().store(store).open()) {
            engine.tools().register("noop", call -> null);
            ExecutionPlan plan = ExecutionPlan.named("one")
                    .task("a", t -> t.tool("noop"))
                    .task("b", t -> t.tool("noop").after("a"))
                    .build();
            engine.execute(plan, SubmitOptions.DEFAULT.withId("x")).join();
        }
    }

    private ExecutionRow row() {
        return store.execution("", "x").orElseThrow();
    }

    private static ExecutionRow with(ExecutionRow row, byte[] planDigest, long headSeq, byte[] headDigest) {
        return new ExecutionRow(
                row.number(),
                row.namespace(),
                row.id(),
                row.workflow(),
                row.version(),
                planDigest,
                row.idempotencyKey(),
                row.bodyDigest(),
                row.status(),
                headSeq,
                headDigest,
                row.createdAt(),
                row.startedAt(),
                row.completedAt(),
                row.nextDue(),
                row.tags(),
                row.metadata(),
                row.errorCode(),
                row.quarantine());
    }

    private void isDamaged(ExecutionRow row, String message) {
        assertThatThrownBy(() -> recovery.fold(row)).isInstanceOfSatisfying(StoreException.class, e -> {
            assertThat(e.kind()).isEqualTo(StoreException.Kind.CORRUPT);
            assertThat(e).hasMessageContaining("execution x").hasMessageContaining(message);
        });
    }

    @Test
    void the_log_gives_the_state_back() {
        assertThat(recovery.fold(row()).status()).isEqualTo(ExecutionStatus.COMPLETED);
    }

    @Test
    void what_was_appended_after_the_row_was_read_is_left_out() {
        ExecutionRow row = row();
        Frame first = store.frames(row.number(), 1, 1).getFirst();

        ExecutionState state = recovery.fold(with(row, row.planDigest(), first.lastSeq(), first.digest()));

        assertThat(state.lastSeq()).isEqualTo(first.lastSeq()).isLessThan(row.headSeq());
    }

    @Test
    void a_log_that_ends_too_early_says_where() {
        ExecutionRow row = row();
        long beyond = row.headSeq() + 1;

        isDamaged(
                with(row, row.planDigest(), beyond, row.headDigest()),
                "damaged at event %d: the log ends here, its row says %d".formatted(beyond, beyond));
    }

    @Test
    void a_log_that_is_not_the_one_its_row_knows_is_refused() {
        ExecutionRow row = row();

        isDamaged(with(row, row.planDigest(), row.headSeq(), new byte[32]), "not the one in the execution's row");
    }

    @Test
    void a_changed_frame_does_not_match_its_digest() {
        store.damaged.set(row().number());

        isDamaged(row(), "the frame's digest does not match");
    }

    @Test
    void a_missing_frame_says_which_event_is_missing() {
        store.withoutSecondFrameOf.set(row().number());

        isDamaged(row(), "is missing");
    }

    @Test
    void a_missing_plan_is_damage_too() {
        ExecutionRow row = row();

        isDamaged(with(row, new byte[32], row.headSeq(), row.headDigest()), "the plan of execution x is missing");
    }
}
