package dev.ropewalk.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ropewalk.execution.ResourceGrant.Kind;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.Payload;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AccountTest {

    private static final long HOUR = 3_600_000_000L;
    private static final List<ResourceGrant> GRANTS = List.of(
            new ResourceGrant(Kind.POOL, "cpu", 2_000, "cpu", "cores", 500),
            new ResourceGrant(Kind.POOL, "ram", 4_000_000, "memory", "bytes", 0),
            new ResourceGrant(Kind.GROUP, "llm", 1),
            new ResourceGrant(Kind.TOKENS, "", 1_000),
            new ResourceGrant(Kind.MONEY, "", 300));

    private final ExecutionPlan plan = ExecutionPlan.named("p")
            .task("a", t -> t.tool("t"))
            .task("b", t -> t.tool("t"))
            .build();
    private final ExecutionState state = new ExecutionState(plan);
    private final List<LogEvent> log = new ArrayList<>();

    AccountTest() {
        decide(new ExecutionCommand.Accept(1, "x", 7, ""));
        decide(new ExecutionCommand.Start(1));
        decide(new ExecutionCommand.StartTask(1, 0, GRANTS, ""));
    }

    private void decide(ExecutionCommand command) {
        ExecutionDecider.decide(state, command, log);
    }

    private static ResourceUse use(String type, long milliAmount, long microCost) {
        return new ResourceUse(type, "u", milliAmount, microCost);
    }

    private void succeeds(long at, ResourceUse... usage) {
        decide(new ExecutionCommand.ReportSuccess(at, 0, 1, StoredValue.NULL, "", 5, List.of(usage)));
    }

    private static void spent(ExecutionAccount.Sums sums, long tokens, long cost) {
        assertThat(sums.settledTokens()).isEqualTo(tokens);
        assertThat(sums.settledCost()).isEqualTo(cost);
        assertThat(sums.reservedTokens()).isZero();
        assertThat(sums.reservedCost()).isZero();
    }

    @Test
    void what_a_running_attempt_was_granted_is_reserved() {
        ExecutionAccount account = state.account();

        assertThat(account.held(0)).isEqualTo(GRANTS);
        assertThat(account.held(1)).isEmpty();
        assertThat(account.whole().reservedTokens()).isEqualTo(1_000);
        assertThat(account.whole().reservedCost()).isEqualTo(300);
        assertThat(account.group("llm").reservedTokens()).isEqualTo(1_000);
        assertThat(account.group("other").reservedTokens()).isZero();
    }

    @Test
    void an_outcome_settles_what_it_reports() {
        succeeds(2, use("tokens", 700_500, 0), use("tokens", 1_000, 120));

        spent(state.account().whole(), 702, 120);
        spent(state.account().group("llm"), 702, 120);
        assertThat(state.account().held(0)).isEmpty();
    }

    @Test
    void what_is_not_reported_is_settled_as_it_was_reserved() {
        decide(new ExecutionCommand.ReportFailure(
                2,
                0,
                1,
                new Failure("X", "x", false, 0, Payload.EMPTY_OBJECT),
                "",
                5,
                List.of(use("tokens", 5_000, 0))));

        spent(state.account().whole(), 5, 300);
    }

    @Test
    void a_lost_attempt_is_settled_as_it_was_reserved() {
        decide(new ExecutionCommand.Recover(2, 2));

        spent(state.account().whole(), 1_000, 300);
        spent(state.account().group("llm"), 1_000, 300);
    }

    @Test
    void an_attempt_without_grants_spends_what_it_reports() {
        decide(new ExecutionCommand.StartTask(2, 1));
        decide(new ExecutionCommand.ReportSuccess(3, 1, 1, StoredValue.NULL, "", 5, List.of(use("tokens", 9_000, 4))));

        assertThat(state.account().whole().settledTokens()).isEqualTo(9);
        assertThat(state.account().whole().settledCost()).isEqualTo(4);
    }

    @Test
    void holding_a_pool_costs_by_the_hour_and_counts_in_the_cost_of_the_execution() {
        succeeds(1 + 2 * HOUR, use("tokens", 0, 7));

        assertThat(state.account().holdingCost()).isEqualTo(1_000);
        assertThat(Measures.of(state, 1 + 2 * HOUR).costMicros()).hasValue(1_007);
    }

    @Test
    void efficiency_is_used_over_reserved() {
        assertThat(Measures.of(state, 2).efficiency()).isEmpty();
        // Two cores for a second: half a second was used; of 4,000 bytes 1,000.
        succeeds(1_000_001, use("cpu-time", 500_000, 0), use("memory", 1_000_000, 0));

        assertThat(Measures.of(state, 2).efficiency().orElseThrow()).isEqualTo(0.25, within(1e-9));
    }

    @Test
    void sums_stop_at_the_greatest_number() {
        succeeds(2, use("tokens", Long.MAX_VALUE, Long.MAX_VALUE), use("tokens", 1, 1));

        spent(state.account().whole(), Long.MAX_VALUE / 1_000 + 2, Long.MAX_VALUE);
    }

    @Test
    void the_account_follows_from_the_log_alone() {
        succeeds(1_000_001, use("cpu-time", 500_000, 0), use("tokens", 50_000, 3));
        ExecutionState folded = new ExecutionState(plan);
        log.forEach(event -> Evolution.evolve(folded, event));

        assertThat(StateComparison.differences(state, folded)).isEmpty();
        assertThat(folded.account()).hasToString(state.account().toString());
    }
}
