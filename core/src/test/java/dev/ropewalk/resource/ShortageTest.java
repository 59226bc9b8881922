package dev.ropewalk.resource;

import static dev.ropewalk.resource.Words.needing;
import static dev.ropewalk.resource.Words.pool;
import static dev.ropewalk.resource.Words.pools;
import static dev.ropewalk.resource.Words.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.plan.ResourcePool;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ShortageTest {

    private static final ResourcePool YIELDING = pool("cpu", 4).withPreemption(Duration.ofSeconds(3));

    private final ResourceLedger ledger = new ResourceLedger();
    private final ExecutionAccount account = new ExecutionAccount();

    private Demand demand(DemandShape shape) {
        return ledger.demand("x", shape);
    }

    private Grant take(DemandShape shape) {
        return (Grant) ledger.take(demand(shape), account, 0);
    }

    @Test
    void what_is_missing_is_what_is_wanted_beyond_what_is_free() {
        ledger.configure("c", pools(YIELDING));
        Grant held = take(needing(some("cpu", 3)));

        Shortage shortage = ledger.shortage(demand(needing(some("cpu", 2)))).orElseThrow();

        assertThat(shortage.missing()).containsExactly(1_000);
        assertThat(shortage.heldBy(held)).containsExactly(3_000);
        assertThat(shortage.heldBy(Grant.SLOT)).containsExactly(0);
        assertThat(shortage.graceMicros()).isEqualTo(3_000_000);
    }

    @Test
    void requirements_of_the_same_pool_add_up() {
        ledger.configure("c", pools(YIELDING));
        Grant held = take(needing(some("cpu", 1), some("cpu", 2)));

        Shortage shortage =
                ledger.shortage(demand(needing(some("cpu", 2), some("cpu", 2)))).orElseThrow();

        assertThat(shortage.missing()).containsExactly(3_000);
        assertThat(shortage.heldBy(held)).containsExactly(3_000);
    }

    @Test
    void a_pool_with_room_lacks_nothing_and_need_not_let_others_be_stopped() {
        ledger.configure("c", pools(YIELDING, pool("memory", 8)));
        take(needing(some("cpu", 4)));

        Shortage shortage = ledger.shortage(demand(needing(some("cpu", 1), some("memory", 2))))
                .orElseThrow();

        assertThat(shortage.missing()).containsExactly(1_000, -6_000);
    }

    @Test
    void nobody_is_stopped_where_a_pool_that_is_short_does_not_say_so() {
        ledger.configure("c", pools(YIELDING, pool("memory", 8)));
        take(needing(some("memory", 8), some("cpu", 4)));

        assertThat(ledger.shortage(demand(needing(some("cpu", 1), some("memory", 2)))))
                .isEmpty();
        assertThat(ledger.shortage(demand(needing(some("cpu", 5))))).isEmpty();
    }
}
