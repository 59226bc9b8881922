package dev.ropewalk.resource;

import static dev.ropewalk.resource.Words.DAY;
import static dev.ropewalk.resource.Words.SECOND;
import static dev.ropewalk.resource.Words.adaptive;
import static dev.ropewalk.resource.Words.alone;
import static dev.ropewalk.resource.Words.budget;
import static dev.ropewalk.resource.Words.budgeted;
import static dev.ropewalk.resource.Words.costing;
import static dev.ropewalk.resource.Words.group;
import static dev.ropewalk.resource.Words.groups;
import static dev.ropewalk.resource.Words.in;
import static dev.ropewalk.resource.Words.money;
import static dev.ropewalk.resource.Words.needing;
import static dev.ropewalk.resource.Words.pool;
import static dev.ropewalk.resource.Words.pools;
import static dev.ropewalk.resource.Words.requests;
import static dev.ropewalk.resource.Words.some;
import static dev.ropewalk.resource.Words.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.Settlement;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.Budget.Per;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ResourceLedgerTest {

    /// 1 January 2026, noon in UTC.
    private static final long NOON = 1_767_268_800 * SECOND;

    private final ExecutionAccount account = new ExecutionAccount();
    private ResourceLedger ledger = new ResourceLedger();

    private void declare(SharedResources declared) {
        ledger.configure("configuration", declared);
    }

    private Taking take(DemandShape shape, long now) {
        return ledger.take(ledger.demand("x", shape), account, now);
    }

    private Grant granted(DemandShape shape, long now) {
        Taking taking = take(shape, now);
        assertThat(taking).isInstanceOf(Grant.class);
        return (Grant) taking;
    }

    private Taking.Refused refused(DemandShape shape, long now) {
        Taking taking = take(shape, now);
        assertThat(taking).isInstanceOf(Taking.Refused.class);
        return (Taking.Refused) taking;
    }

    private String failure(DemandShape shape, long now) {
        Taking taking = take(shape, now);
        assertThat(taking).isInstanceOf(Taking.Never.class);
        var failure = ((Taking.Never) taking).failure();
        assertThat(failure.retryable()).isFalse();
        return failure.code() + ": " + failure.message();
    }

    private Grant ran(DemandShape shape, long now) {
        Grant grant = granted(shape, now);
        ledger.started(grant, now);
        return grant;
    }

    private void restart(SharedResources declared, long now) {
        List<Balance> balances = ledger.drainChanged();
        ledger = new ResourceLedger();
        declare(declared);
        balances.forEach(balance -> ledger.restore(balance, now));
    }

    @Test
    void only_a_slot_is_always_the_same_demand_and_the_same_grant() {
        DemandShape shape = DemandShape.of(Needs.NONE, List.of());

        Demand demand = ledger.demand("x", shape);

        assertThat(demand).isSameAs(Demand.SLOT).hasToString("a slot");
        assertThat(ledger.take(demand, account, NOON)).isSameAs(Grant.SLOT);
        ledger.started(Grant.SLOT, NOON);
        assertThat(ledger.release(Grant.SLOT, Settlement.NOTHING, NOON)).isEmpty();
        assertThat(ledger.revoke(Grant.SLOT, NOON)).isEmpty();
        assertThat(Grant.SLOT.log()).isEmpty();
        assertThat(Grant.SLOT.demand()).isSameAs(Demand.SLOT);
    }

    @Test
    void equal_demands_of_two_executions_are_one() {
        declare(groups(group("llm", 2)));

        Demand one = ledger.demand("x", in("llm", 10, 0));

        assertThat(ledger.demand("y", in("llm", 10, 0))).isSameAs(one);
        assertThat(ledger.demand("y", in("llm", 11, 0))).isNotSameAs(one);
        assertThat(one.shape()).isEqualTo(in("llm", 10, 0));
        assertThat(one).hasToString("groups [llm], locks [], 10 tokens, 0 micro");
    }

    @Test
    void a_pool_gives_no_more_than_it_has() {
        declare(pools(pool("cpu", 4)));
        Grant first = granted(needing(some("cpu", 3)), NOON);

        Taking.Refused refused = refused(needing(some("cpu", 2)), NOON);
        granted(needing(some("cpu", 1)), NOON);
        List<Resource> freed = ledger.release(first, Settlement.NOTHING, NOON);

        assertThat(refused.until()).isEqualTo(Long.MAX_VALUE);
        assertThat(freed).contains(refused.resource());
        assertThat(first.log())
                .containsExactly(new ResourceGrant(ResourceGrant.Kind.POOL, "cpu", 3_000, "cpu", "units", 0));
        granted(needing(some("cpu", 3)), NOON);
        refused(needing(some("cpu", 1)), NOON);
    }

    @Test
    void what_is_released_twice_is_released_once() {
        declare(pools(pool("cpu", 4)));
        Grant grant = granted(needing(some("cpu", 4)), NOON);

        ledger.release(grant, Settlement.NOTHING, NOON);
        ledger.release(grant, Settlement.NOTHING, NOON);

        granted(needing(some("cpu", 4)), NOON);
        refused(needing(some("cpu", 4)), NOON);
    }

    @Test
    void all_is_taken_or_nothing() {
        declare(pools(pool("cpu", 4), pool("memory", 1)));
        granted(needing(some("memory", 1)), NOON);

        refused(needing(some("cpu", 4), some("memory", 1)), NOON);

        granted(needing(some("cpu", 4)), NOON);
    }

    @Test
    void the_same_pool_counts_twice_for_two_requirements() {
        declare(pools(pool("cpu", 4)));

        refused(needing(some("cpu", 3), some("cpu", 2)), NOON);
        granted(needing(some("cpu", 3), some("cpu", 1)), NOON);

        refused(needing(some("cpu", 1)), NOON);
    }

    @Test
    void the_cheapest_pool_that_matches_and_has_room_is_chosen() {
        declare(pools(
                pool("big", "gpu", 1, Map.of("memory", "80", "vendor", "x"), 9, 0),
                pool("small", "gpu", 1, Map.of("memory", "24.0", "vendor", "x"), 2, 0)));
        var any = new ResourceRequirement("gpu", 1_000, 0, 5, Map.of("vendor", "x"));
        var large = new ResourceRequirement("gpu", 1_000, 0, 5, Map.of("minMemory", "40"));
        var exact = new ResourceRequirement("gpu", 1_000, 0, 5, Map.of("memory", "24"));
        var odd = new ResourceRequirement("gpu", 1_000, 0, 5, Map.of("colour", "red"));

        assertThat(granted(needing(any), NOON).log().getFirst().name()).isEqualTo("small");
        assertThat(granted(needing(any), NOON).log().getFirst().name()).isEqualTo("big");
        refused(needing(large), NOON);
        refused(needing(exact), NOON);
        assertThat(failure(needing(odd), NOON)).isEqualTo("RESOURCE_MISSING: needs no pool of type gpu {colour=red}");
    }

    @Test
    void what_no_pool_could_ever_give_fails() {
        declare(pools(pool("cpu", 4)));

        assertThat(failure(needing(some("cpu", 5)), NOON))
                .isEqualTo("RESOURCE_MISSING: needs 5 of cpu, of which no pool has more than 4");
        assertThat(failure(needing(some("gpu", 1)), NOON)).startsWith("RESOURCE_MISSING: needs no pool of type gpu");
    }

    @Test
    void the_smallest_capacity_holds_as_long_as_its_plan_is_there() {
        declare(pools(pool("cpu", 4)));
        ledger.declare("y", pools(pool("cpu", 2)), "w");

        Taking.Refused refused = refused(needing(some("cpu", 3)), NOON);

        assertThat(ledger.withdraw("y")).contains(refused.resource());
        granted(needing(some("cpu", 3)), NOON);
    }

    @Test
    void a_pool_grows_and_shrinks_at_run_time() {
        declare(pools(pool("cpu", 4)));
        Grant grant = granted(needing(some("cpu", 4)), NOON);

        assertThat(ledger.resizePool("cpu", 2_000)).hasSize(1);
        ledger.release(grant, Settlement.NOTHING, NOON);
        granted(needing(some("cpu", 2)), NOON);
        refused(needing(some("cpu", 1)), NOON);
        ledger.resizePool("cpu", 3_000);
        granted(needing(some("cpu", 1)), NOON);

        assertThatThrownBy(() -> ledger.resizePool("gpu", 1)).hasMessage("no pool is called gpu");
    }

    @Test
    void a_group_has_so_many_places_and_the_strictest_number_holds() {
        declare(groups(group("llm", 3)));
        ledger.declare("y", groups(group("llm", 2)), "w");
        Grant first = granted(in("llm"), NOON);
        granted(in("llm"), NOON);

        Taking.Refused refused = refused(in("llm"), NOON);

        assertThat(ledger.release(first, Settlement.NOTHING, NOON)).contains(refused.resource());
        granted(in("llm"), NOON);
        assertThat(ledger.withdraw("y")).contains(refused.resource());
        granted(in("llm"), NOON);
        refused(in("llm"), NOON);
    }

    @Test
    void a_group_that_nobody_declares_has_no_limit_until_it_is_resized() {
        granted(in("llm"), NOON);
        granted(in("llm"), NOON);

        ledger.resizeGroup("llm", 2);

        refused(in("llm"), NOON);
        assertThatThrownBy(() -> ledger.resizeGroup("none", 1)).hasMessage("no group is called none");
    }

    @Test
    void a_lock_has_one_holder() {
        Grant both = granted(alone("a", "b"), NOON);

        Taking.Refused refused = refused(alone("b"), NOON);

        assertThat(refused.resource().name()).isEqualTo("b");
        assertThat(refused.resource().kind()).isEqualTo(Resource.Kind.LOCK);
        assertThat(ledger.release(both, Settlement.NOTHING, NOON)).contains(refused.resource());
        granted(alone("b"), NOON);
        granted(alone("a"), NOON);
    }

    @Test
    void a_rate_lets_no_more_through_in_any_stretch_of_its_period() {
        declare(groups(requests("api", 2, SECOND)));
        ran(in("api"), NOON);
        ran(in("api"), NOON + 600_000);

        assertThat(refused(in("api"), NOON + 600_000).until()).isEqualTo(NOON + SECOND + 10_000);
        refused(in("api"), NOON + SECOND + 9_999);
        ran(in("api"), NOON + SECOND + 10_000);
        assertThat(refused(in("api"), NOON + SECOND + 10_000).until()).isEqualTo(NOON + SECOND + 610_000);
    }

    @Test
    void a_request_counts_from_its_start_and_not_from_its_grant() {
        declare(groups(requests("api", 1, SECOND)));
        Grant grant = granted(in("api"), NOON);

        refused(in("api"), NOON + 5 * SECOND);
        ledger.started(grant, NOON + 6 * SECOND);

        refused(in("api"), NOON + 7 * SECOND);
        granted(in("api"), NOON + 7 * SECOND + 10_000);
    }

    @Test
    void a_start_that_was_not_decided_does_not_count() {
        declare(groups(requests("api", 1, SECOND)));
        Grant grant = granted(in("api"), NOON);

        ledger.revoke(grant, NOON);

        granted(in("api"), NOON);
    }

    @Test
    void an_attempt_that_ends_before_its_start_is_known_counts_as_of_its_end() {
        declare(groups(requests("api", 1, SECOND)));
        Grant grant = granted(in("api"), NOON);

        ledger.release(grant, Settlement.NOTHING, NOON + 1);
        ledger.started(grant, NOON + 2);

        assertThat(refused(in("api"), NOON + 3).until()).isEqualTo(NOON + 1 + SECOND + 10_000);
    }

    @Test
    void unused_tokens_are_given_back_and_an_excess_is_a_debt() {
        declare(groups(tokens("llm", 1_000, 60 * SECOND)));
        Grant less = ran(in("llm", 600, 0), NOON);
        refused(in("llm", 600, 0), NOON);

        List<Resource> freed = ledger.release(less, new Settlement(100, 0), NOON + SECOND);
        Grant more = ran(in("llm", 600, 0), NOON + SECOND);
        ledger.release(more, new Settlement(900, 0), NOON + 2 * SECOND);

        assertThat(freed).anyMatch(resource -> resource.kind() == Resource.Kind.TOKENS);
        // 100 at 0 s, 600 at 1 s, 300 at 2 s.
        assertThat(refused(in("llm", 1, 0), NOON + 2 * SECOND).until()).isEqualTo(NOON + 60 * SECOND + 10_000);
        assertThat(refused(in("llm", 500, 0), NOON + 61 * SECOND).until()).isEqualTo(NOON + 61 * SECOND + 10_000);
    }

    @Test
    void who_does_not_say_how_many_tokens_waits_until_there_are_some() {
        declare(groups(tokens("llm", 1_000, 60 * SECOND)));
        Grant grant = ran(in("llm"), NOON);
        ledger.release(grant, new Settlement(1_000, 0), NOON);

        refused(in("llm"), NOON + SECOND);
        granted(in("llm"), NOON + 61 * SECOND);
    }

    @Test
    void more_tokens_than_a_period_has_can_never_be_granted() {
        declare(groups(tokens("llm", 1_000, 60 * SECOND)));

        assertThat(failure(in("llm", 1_001, 0), NOON))
                .isEqualTo("RESOURCE_MISSING: needs 1001 tokens, of which group llm may use 1000 in its period");
    }

    @Test
    void rates_hold_across_a_restart() {
        SharedResources declared = groups(requests("api", 3, 10 * SECOND));
        declare(declared);
        ran(in("api"), NOON);
        granted(in("api"), NOON + SECOND);
        restart(declared, NOON + 5 * SECOND);

        ran(in("api"), NOON + 5 * SECOND);

        // When the second started nobody knows; it counts as of the restart.
        assertThat(refused(in("api"), NOON + 6 * SECOND).until()).isEqualTo(NOON + 10 * SECOND + 10_000);
        ran(in("api"), NOON + 10 * SECOND + 10_000);
        assertThat(refused(in("api"), NOON + 11 * SECOND).until()).isEqualTo(NOON + 15 * SECOND + 10_000);
    }

    @Test
    void rates_hold_where_the_wall_clock_stepped_back() {
        SharedResources declared = groups(requests("api", 1, 10 * SECOND));
        declare(declared);
        ran(in("api"), NOON);
        restart(declared, NOON - 3_600 * SECOND);

        assertThat(refused(in("api"), NOON - 3_600 * SECOND).until()).isEqualTo(NOON - 3_590 * SECOND + 10_000);
    }

    @Test
    void a_rate_is_remembered_while_no_plan_declares_it() {
        SharedResources declared = groups(requests("api", 1, 10 * SECOND));
        ledger.declare("y", declared, "w");
        ran(in("api"), NOON);
        ledger.withdraw("y");
        granted(in("api"), NOON + SECOND);

        ledger.declare("z", declared, "w");

        refused(in("api"), NOON + 2 * SECOND);
        granted(in("api"), NOON + 10 * SECOND + 10_000);
    }

    @Test
    void a_rate_that_nobody_declares_or_uses_is_forgotten() {
        SharedResources declared = groups(requests("api", 1, 10 * SECOND));
        ledger.declare("y", declared, "w");
        Grant grant = ran(in("api"), NOON);
        ledger.release(grant, Settlement.NOTHING, NOON + 20 * SECOND);
        assertThat(ledger.drainChanged()).singleElement().satisfies(balance -> {
            assertThat(balance.key()).isEqualTo("rate/requests 10000000 api");
            assertThat(balance.bytes()).isNotEmpty();
        });

        ledger.withdraw("y");

        assertThat(ledger.drainChanged())
                .singleElement()
                .satisfies(balance -> assertThat(balance.bytes()).isEmpty());
        assertThat(ledger.drainChanged()).isEmpty();
    }

    @Test
    void a_budget_in_total_is_reserved_settled_and_then_spent() {
        declare(groups(budgeted("llm", money(1_000, Per.TOTAL))));
        Grant first = ran(in("llm", 0, 600), NOON);

        assertThat(refused(in("llm", 0, 600), NOON).until()).isEqualTo(Long.MAX_VALUE);
        ledger.release(first, new Settlement(0, 300), NOON);
        Grant second = ran(in("llm", 0, 600), NOON);
        ledger.release(second, new Settlement(0, 700), NOON);

        assertThat(failure(in("llm", 0, 1), NOON))
                .isEqualTo("BUDGET_EXCEEDED: the budget group/llm in total is spent: of 0.001 0.001 is spent and 0"
                        + " reserved, and this is estimated at 0 tokens and 0.000001");
        assertThat(failure(in("llm"), NOON)).startsWith("BUDGET_EXCEEDED");
    }

    @Test
    void a_budget_per_day_begins_anew_on_the_next_day() {
        declare(budget(new Budget(0, 100, Per.DAY, "UTC")));
        Grant overnight = ran(costing(100, 0), NOON);

        assertThat(refused(costing(1, 0), NOON).until()).isEqualTo(NOON + DAY / 2);
        assertThat(failure(costing(101, 0), NOON)).startsWith("BUDGET_EXCEEDED");
        Grant today = granted(costing(60, 0), NOON + DAY);
        ledger.release(overnight, new Settlement(130, 0), NOON + DAY);

        // Only what it used beyond its reservation counts on this day.
        assertThat(refused(costing(11, 0), NOON + DAY).until()).isEqualTo(NOON + DAY + DAY / 2);
        granted(costing(10, 0), NOON + DAY);
        ledger.release(today, Settlement.NOTHING, NOON + DAY);
        granted(costing(60, 0), NOON + DAY);
    }

    @Test
    void days_begin_at_midnight_of_the_zone_also_when_the_clocks_change() {
        // 29 March 2026, noon in Berlin; the day had 23 hours.
        long noon = 1_774_778_400 * SECOND;
        declare(budget(new Budget(0, 100, Per.DAY, "Europe/Berlin")));

        ran(costing(100, 0), noon - 11 * 3_600 * SECOND);

        assertThat(refused(costing(1, 0), noon).until()).isEqualTo(noon + 12 * 3_600 * SECOND);
        refused(costing(1, 0), noon - 1);
    }

    @Test
    void what_a_lost_process_had_reserved_is_spent() {
        SharedResources declared = groups(budgeted("llm", money(1_000, Per.TOTAL)));
        declare(declared);
        Grant settled = ran(in("llm", 0, 600), NOON);
        ledger.release(settled, new Settlement(0, 100), NOON);
        ran(in("llm", 0, 600), NOON);

        restart(declared, NOON);
        restart(declared, NOON);

        assertThat(failure(in("llm", 0, 301), NOON)).startsWith("BUDGET_EXCEEDED");
        granted(in("llm", 0, 300), NOON);
    }

    @Test
    void a_day_that_has_not_come_by_the_clock_of_a_restart_goes_on() {
        SharedResources declared = budget(new Budget(0, 100, Per.DAY, "UTC"));
        declare(declared);
        ran(costing(100, 0), NOON);

        restart(declared, NOON - DAY);

        assertThat(refused(costing(1, 0), NOON - DAY).until()).isEqualTo(NOON + DAY / 2);
    }

    @Test
    void the_executions_of_a_workflow_share_its_budget_and_others_do_not() {
        ledger.declare("x", budget(money(1_000, Per.TOTAL)), "report");
        ledger.declare("y", budget(money(1_000, Per.TOTAL)), "report");
        ledger.declare("z", budget(money(1_000, Per.TOTAL)), "other");
        Grant grant = ran(costing(0, 1_000), NOON);

        Demand ofY = ledger.demand("y", costing(0, 1_000));

        assertThat(ledger.take(ofY, account, NOON)).isInstanceOf(Taking.Refused.class);
        assertThat(ledger.take(ledger.demand("z", costing(0, 1_000)), account, NOON))
                .isInstanceOf(Grant.class);
        ledger.release(grant, new Settlement(0, 1_000), NOON);
        assertThat(ledger.take(ofY, account, NOON)).isInstanceOf(Taking.Never.class);
    }

    @Test
    void executions_with_a_budget_each_have_a_demand_each() {
        ledger.declare("x", budget(money(1_000, Per.EXECUTION)), "report");
        ledger.declare("y", budget(money(1_000, Per.EXECUTION)), "report");

        Demand ofX = ledger.demand("x", costing(0, 600));

        assertThat(ledger.demand("x", costing(0, 600))).isSameAs(ofX);
        assertThat(ledger.demand("y", costing(0, 600))).isNotSameAs(ofX);
        assertThat(failure(costing(0, 1_001), NOON)).startsWith("BUDGET_EXCEEDED: the budget execution is spent");
        Grant grant = granted(costing(0, 600), NOON);
        assertThat(ledger.release(grant, Settlement.NOTHING, NOON))
                .anyMatch(resource -> resource.name().equals("execution"));
    }

    @Test
    void room_is_kept_for_who_has_waited_for_long_and_others_go_beside() {
        declare(pools(pool("cpu", 4)));
        Grant small = granted(needing(some("cpu", 2)), NOON);
        Demand big = ledger.demand("x", needing(some("cpu", 3)));

        ledger.reserve(big, NOON);
        ledger.reserve(big, NOON);

        Taking.Refused refused = refused(needing(some("cpu", 2)), NOON);
        granted(needing(some("cpu", 1)), NOON);
        refused(needing(some("cpu", 1)), NOON);
        ledger.release(small, Settlement.NOTHING, NOON);
        refused(needing(some("cpu", 1)), NOON);
        assertThat(ledger.take(big, account, NOON)).isInstanceOf(Grant.class);
        assertThat(ledger.unreserve(big)).isEmpty();
        assertThat(refused.resource().kind()).isEqualTo(Resource.Kind.POOL);
    }

    @Test
    void two_reservations_do_not_wait_for_each_other() {
        declare(new SharedResources(
                List.of(pool("cpu", 4), pool("gpu", 2)),
                List.of(requests("api", 1, SECOND), tokens("llm", 10, SECOND)),
                Optional.empty()));
        Demand one = ledger.demand(
                "x", new DemandShape(List.of(some("cpu", 3), some("gpu", 2)), List.of("api"), List.of("l"), 0, 0));
        Demand two = ledger.demand(
                "y",
                new DemandShape(List.of(some("cpu", 3), some("gpu", 1)), List.of("api", "llm"), List.of("l"), 4, 0));
        ledger.reserve(two, NOON);
        ledger.reserve(one, NOON);

        assertThat(ledger.take(one, account, NOON)).isInstanceOf(Taking.Refused.class);
        assertThat(ledger.take(two, account, NOON)).isInstanceOf(Grant.class);
        assertThat(ledger.unreserve(one)).isNotEmpty();
    }

    @Test
    void who_is_refused_because_a_rate_is_kept_for_others_is_told_when_to_ask_again() {
        declare(new SharedResources(List.of(pool("cpu", 1)), List.of(requests("api", 1, SECOND)), Optional.empty()));
        granted(needing(some("cpu", 1)), NOON);
        Demand kept = ledger.demand("x", new DemandShape(List.of(some("cpu", 1)), List.of("api"), List.of(), 0, 0));
        ledger.reserve(kept, NOON);

        // Nobody gives a request back, so a release will never say it.
        assertThat(refused(in("api"), NOON).until()).isBetween(NOON + 1, NOON + 2 * SECOND);
    }

    @Test
    void a_reservation_ends_with_the_last_execution_that_demands_it() {
        declare(pools(pool("cpu", 4)));
        ledger.reserve(ledger.demand("y", needing(some("cpu", 4))), NOON);
        refused(needing(some("cpu", 1)), NOON);

        List<Resource> freed = ledger.withdraw("y");

        assertThat(freed).isNotEmpty();
        granted(needing(some("cpu", 1)), NOON);
    }

    @Test
    void a_pool_for_which_too_many_wait_is_overfull() {
        declare(pools(pool("cpu", "cpu", 1, Map.of(), 0, 2)));
        Demand demand = ledger.demand("x", needing(some("cpu", 1)));
        List<DemandShape> more = List.of(DemandShape.SLOT, needing(some("cpu", 1)));

        ledger.queued(demand, 1);
        assertThat(ledger.overfull(more)).isEmpty();
        ledger.queued(demand, 1);
        ledger.queued(Demand.SLOT, 1);

        assertThat(ledger.overfull(more)).contains("cpu");
        assertThat(ledger.overfull(List.of(needing(some("gpu", 1))))).isEmpty();
        assertThat(ledger.poolLoad("cpu").orElseThrow().queued()).isEqualTo(2);
        ledger.withdraw("x");
        assertThat(ledger.overfull(more)).isEmpty();
    }

    @Test
    void a_pool_that_comes_later_is_found() {
        declare(pools(pool("a", "cpu", 1, Map.of(), 0, 0)));
        Demand demand = ledger.demand("x", needing(some("cpu", 1)));
        ledger.queued(demand, 3);
        granted(needing(some("cpu", 1)), NOON);

        ledger.declare("y", pools(pool("b", "cpu", 1, Map.of(), 0, 0)), "w");

        Grant second = granted(needing(some("cpu", 1)), NOON);
        assertThat(second.log().getFirst().name()).isEqualTo("b");
        assertThat(ledger.poolLoad("b").orElseThrow().queued()).isEqualTo(3);
        ledger.withdraw("y");
        ledger.release(second, Settlement.NOTHING, NOON);
        assertThat(ledger.poolLoad("b")).isEmpty();
    }

    @Test
    void an_adaptive_group_grows_while_calls_are_quick_and_shrinks_when_they_fail() {
        declare(groups(adaptive("api", 2, 10)));
        for (int round = 0; round < 200; round++) {
            fill(10, 1_000, false);
        }
        assertThat(places()).isEqualTo(10);

        fill(10, 1_000, true);

        assertThat(places()).isBetween(4L, 8L);
        for (int round = 0; round < 50; round++) {
            fill(10, 1_000, true);
        }
        assertThat(places()).isEqualTo(2);
    }

    @Test
    void an_adaptive_group_shrinks_when_calls_queue_on_the_other_side() {
        declare(groups(adaptive("api", 2, 20)));
        for (int round = 0; round < 200; round++) {
            fill(20, 1_000, false);
        }

        for (int round = 0; round < 10; round++) {
            fill(20, 50_000, false);
        }

        assertThat(places()).isLessThan(15);
    }

    private void fill(int wanted, long latency, boolean failed) {
        List<Grant> grants = new java.util.ArrayList<>();
        while (grants.size() < wanted && take(in("api"), NOON) instanceof Grant grant) {
            grants.add(grant);
        }
        for (Grant grant : grants) {
            ledger.observe(grant, latency, failed);
        }
        grants.forEach(grant -> ledger.release(grant, Settlement.NOTHING, NOON));
    }

    private long places() {
        return ledger.loads(NOON).stream()
                .filter(load -> load.kind() == Resource.Kind.GROUP)
                .findFirst()
                .orElseThrow()
                .capacity();
    }

    @Test
    void everything_that_is_declared_can_be_looked_at() {
        declare(new SharedResources(
                List.of(pool("cpu", 4)),
                List.of(
                        group("g", 2),
                        requests("api", 5, SECOND),
                        budgeted("llm", new Budget(1_000, 50, Per.TOTAL, "UTC"))),
                Optional.empty()));
        ran(new DemandShape(List.of(some("cpu", 1)), List.of("g", "api", "llm"), List.of(), 10, 20), NOON);

        List<ResourceLoad> loads = ledger.loads(NOON);

        assertThat(loads)
                .extracting(load -> load.kind() + " " + load.name() + " " + load.type() + " " + load.used())
                .containsExactly(
                        "POOL cpu cpu 1000",
                        "GROUP g  1",
                        "GROUP api  1",
                        "GROUP llm  1",
                        "REQUESTS api  1",
                        "BUDGET group/llm in total tokens 10",
                        "BUDGET group/llm in total money 20");
        assertThat(loads).extracting(ResourceLoad::utilisation).startsWith(0.25, 0.5, 0.0);
        assertThat(new ResourceLoad(Resource.Kind.POOL, "p", "p", 0, 0, 0, 0).utilisation())
                .isEqualTo(1);
    }

    @Test
    void a_balance_that_makes_no_sense_is_refused() {
        ledger = new ResourceLedger();

        assertThatThrownBy(() -> ledger.restore(new Balance("rate/requests 5 x", new byte[0]), NOON))
                .isInstanceOf(CorruptBalanceException.class)
                .hasMessage("the balance \"rate/requests 5 x\" cannot be read: byte 0 of 0 makes no sense");
        assertThatThrownBy(() -> ledger.restore(new Balance("rate/requests five x", new byte[0]), NOON))
                .hasMessageContaining("its key names no period or time zone");
        assertThatThrownBy(() -> ledger.restore(new Balance("budget/day Moon llm", new byte[0]), NOON))
                .hasMessageContaining("its key names no period or time zone");
        assertThatThrownBy(() -> ledger.restore(new Balance("x", new byte[0]), NOON))
                .hasMessageContaining("its key is none that this program writes");
        assertThatThrownBy(() -> ledger.restore(new Balance("a b c", new byte[0]), NOON))
                .hasMessageContaining("its key is none that this program writes");
        assertThatThrownBy(() -> ledger.restore(new Balance("budget/total x", new byte[] {9}), NOON))
                .hasMessageContaining("written in version 9; this program reads up to 1");
        byte[] endless = {1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> ledger.restore(new Balance("budget/total x", endless), NOON))
                .hasMessageContaining("makes no sense");
    }

    @Test
    void nobody_declares_twice() {
        declare(SharedResources.NONE);

        assertThatThrownBy(() -> declare(SharedResources.NONE))
                .hasMessage("configuration has declared its resources already");
        assertThatThrownBy(() -> costing(-1, 0)).hasMessageContaining("an estimate of -1 tokens");
    }

    @Test
    void the_priority_of_a_demand_is_the_greatest_of_its_requirements() {
        var urgent = new ResourceRequirement("cpu", 1, 0, 9, Map.of());

        assertThat(ledger.demand("x", needing(some("cpu", 1), urgent)).priority())
                .isEqualTo(9);
        assertThat(Demand.SLOT.priority()).isEqualTo(5);
        assertThat(ledger.demand("x", needing(urgent))).asString().startsWith("1 milli of cpu, groups []");
    }

    @Test
    void a_shape_is_made_of_what_a_task_needs_and_excludes() {
        var needs = new Needs(
                List.of(some("cpu", 1)), List.of("b", "a", "b"), 5, 6, Optional.empty(), Optional.empty(), false, 0);

        assertThat(DemandShape.of(needs, List.of("z", "y")))
                .isEqualTo(new DemandShape(List.of(some("cpu", 1)), List.of("a", "b"), List.of("y", "z"), 5, 6));
        assertThat(DemandShape.of(Needs.NONE, List.of("y"))).isEqualTo(alone("y"));
    }

    @Test
    void what_is_allocated_outside_plans_ends_by_itself() {
        declare(pools(pool("gpu", 2)));
        Allocations allocations = new Allocations(ledger);

        assertThat(allocations.nextEnd()).isEqualTo(Long.MAX_VALUE);
        assertThat(allocations.allocate("a", needing(some("gpu", 1)), NOON + SECOND, NOON))
                .isInstanceOf(Grant.class);
        assertThat(allocations.allocate("b", needing(some("gpu", 1)), NOON + 2 * SECOND, NOON))
                .isInstanceOf(Grant.class);
        assertThat(allocations.allocate("c", needing(some("gpu", 1)), Long.MAX_VALUE, NOON))
                .isInstanceOf(Taking.Refused.class);
        assertThatThrownBy(() -> allocations.allocate("a", needing(some("gpu", 1)), 0, NOON))
                .hasMessage("there is an allocation with the id a; use another");
        assertThat(allocations.nextEnd()).isEqualTo(NOON + SECOND);
        assertThat(allocations.expire(NOON + SECOND)).isNotEmpty();
        assertThat(allocations.allocate("c", needing(some("gpu", 1)), Long.MAX_VALUE, NOON))
                .isInstanceOf(Grant.class);
        assertThat(allocations.release("b", Settlement.NOTHING, NOON)).isNotEmpty();
        assertThat(allocations.release("b", Settlement.NOTHING, NOON)).isEmpty();
        granted(needing(some("gpu", 1)), NOON);
        refused(needing(some("gpu", 1)), NOON);
    }
}
