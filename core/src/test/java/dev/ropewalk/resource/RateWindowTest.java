package dev.ropewalk.resource;

import static dev.ropewalk.resource.Words.SECOND;
import static dev.ropewalk.resource.Words.groups;
import static dev.ropewalk.resource.Words.in;
import static dev.ropewalk.resource.Words.requests;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.Settlement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RateWindowTest {

    @Test
    void with_more_starts_than_are_kept_apart_the_limit_holds_and_nearly_all_of_it_is_used() {
        ResourceLedger ledger = new ResourceLedger();
        ledger.configure("configuration", groups(requests("api", 1_000, 10 * SECOND)));
        Demand demand = ledger.demand("x", in("api"));
        List<Long> starts = new ArrayList<>();
        long end = 1_000 * SECOND;
        long now = 900 * SECOND;
        while (now < end) {
            switch (ledger.take(demand, new ExecutionAccount(), now)) {
                case Grant grant -> {
                    ledger.started(grant, now);
                    ledger.release(grant, Settlement.NOTHING, now);
                    starts.add(now);
                    now += 3_000;
                }
                case Taking.Refused refused -> now = refused.until();
                case Taking.Never never -> throw new AssertionError(never);
            }
            if (starts.size() % 500 == 0) {
                List<Balance> balances = ledger.drainChanged();
                assertThat(balances)
                        .allSatisfy(balance -> assertThat(balance.bytes()).hasSizeLessThan(1_200));
            }
        }

        for (int i = 1_000; i < starts.size(); i++) {
            assertThat(starts.get(i) - starts.get(i - 1_000)).isGreaterThanOrEqualTo(10 * SECOND);
        }
        assertThat(starts).hasSizeGreaterThan(9_500);
    }
}
