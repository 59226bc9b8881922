package dev.ropewalk.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ropewalk.ExecutionEngine;
import dev.ropewalk.SchedulingOptions;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.SharedResources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SchedulingOptionsTest {

    @Test
    void options_are_put_together_piece_by_piece() {
        SchedulingOptions options = SchedulingOptions.DEFAULT
                .withPool(ResourcePool.of("cpu", "8"))
                .withGroup(ConcurrencyGroup.named("llm").withMaxConcurrent(3))
                .withStrategy("FIFO")
                .withTenant("b", 2)
                .withTenant("a", 1);

        assertThat(options.shared().pools()).containsExactly(ResourcePool.of("cpu", "8"));
        assertThat(options.shared().groups()).hasSize(1);
        assertThat(options.strategy()).contains("FIFO");
        assertThat(options.tenants()).containsExactly(Map.entry("b", 2), Map.entry("a", 1));
        assertThat(SchedulingOptions.DEFAULT.problems()).isEmpty();
    }

    @Test
    void what_is_wrong_with_them_is_told_when_the_engine_opens() {
        assertThat(SchedulingOptions.DEFAULT
                        .withPool(ResourcePool.of("cpu", "0"))
                        .withTenant("a", 1_001)
                        .problems())
                .extracting(Problem::path)
                .contains("pools.cpu.capacity", "tenants.a");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ExecutionEngine.builder()
                        .pool(ResourcePool.of("cpu", "8"))
                        .group(ConcurrencyGroup.named("llm"))
                        .strategy("FIFO")
                        .tenant("a", 0)
                        .open())
                .withMessageContaining(
                        "groups.llm: the group \"llm\" limits nothing; say maxConcurrent, requests, tokens, budget or"
                                + " adaptive")
                .withMessageContaining("tenants.a: 0 is not the weight of a tenant; write `name: weight` with a weight"
                        + " from 1 to 1,000");
    }

    @Test
    void a_plan_that_can_never_get_what_it_needs_is_not_accepted() {
        ExecutionPlan plan = ExecutionPlan.named("x")
                .task("a", t -> t.tool("x").resource("cpu", "9").resource("licence", "1"))
                .build();
        PreparedPlans plans = new PreparedPlans(KnownResources.of(
                new SharedResources(List.of(ResourcePool.of("cpu", "8")), List.of(), Optional.empty())));

        assertThat(plans.prepare(plan).unmet())
                .extracting(Problem::text)
                .containsExactly(
                        "tasks.a.resources[0].amount: 9 of \"cpu\" is more than there is: the pool \"cpu\" has 8; ask"
                                + " for at most 8, or enlarge the pool",
                        "tasks.a.resources[1].type: there is no pool of the type \"licence\"; the types are \"cpu\"");
    }
}
