package dev.ropewalk.plan;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NeedsTest {

    private static final ResourcePool A100 = ResourcePool.of("a100", "2")
            .withType("gpu")
            .withAttributes(Map.of("memory", "80GiB", "model", "a100"))
            .withCost(new BigDecimal("3.20"), ofHours(1))
            .withMaxQueued(1_000)
            .withPreemption(ofSeconds(5))
            .withStrategy("FIFO");
    private static final ConcurrencyGroup LLM = ConcurrencyGroup.named("llm")
            .withMaxConcurrent(8)
            .withRequests(10, ofMinutes(1))
            .withTokens(20_000, ofMinutes(1))
            .withBudget(Budget.ofMoney(BigDecimal.TEN).withTokens(1_000_000).perDay("Europe/Berlin"))
            .withAdaptive(1, 8);

    @Test
    void a_plan_carries_what_it_shares_and_what_its_tasks_need() {
        ExecutionPlan plan = built(p -> p.strategy("ADAPTIVE")
                .tenant("team-a")
                .value(10)
                .budget(Budget.ofTokens(100_000))
                .pool("cpu", "8")
                .pool("memory", "16GiB")
                .pool(A100)
                .group(LLM)
                .group("disk", 4)
                .defaults(d -> d.group("disk"))
                .task(
                        "a",
                        t -> t.tool("x")
                                .group("llm")
                                .resource("cpu", "1.5")
                                .resource(ResourceRequirement.of("memory", "256MiB")
                                        .withDuration(ofSeconds(30))
                                        .withPriority(7))
                                .resource(ResourceRequirement.of("gpu", "1")
                                        .withConstraints(Map.of("minMemory", "40GiB", "model", "a100")))
                                .estimatedTokens(1_500)
                                .estimatedCost(new BigDecimal("0.02"))
                                .agent(AgentRequirement.ofType("writer")
                                        .with("summarise", 800)
                                        .withSticky("k"))
                                .batch(16, ofMillis(50))
                                .preemptible()
                                .value(3))
                .task("b", t -> t.tool("x").resource("cpu", "1"))
                .task("c", t -> t.tool("x").agent(AgentRequirement.capableOf("german"))));

        assertThat(plan.ordering().strategy()).contains("ADAPTIVE");
        assertThat(plan.ordering().tenant()).isEqualTo("team-a");
        assertThat(plan.ordering().milliValue()).isEqualTo(10_000);
        assertThat(plan.shared().budget()).contains(Budget.ofTokens(100_000));
        assertThat(plan.shared().groups()).extracting(ConcurrencyGroup::name).containsExactly("llm", "disk");
        assertThat(plan.shared().pools())
                .extracting(pool -> pool.name() + " " + pool.type() + " "
                        + Quantity.shown(pool.milliCapacity(), pool.unit()) + " " + pool.microCostPerUnitHour())
                .containsExactly("cpu cpu 8 0", "memory memory 16 GiB 0", "a100 gpu 2 3200000");
        Needs needs = plan.task(0).needs();
        assertThat(needs.groups()).containsExactly("llm");
        assertThat(needs.resources())
                .extracting(ResourceRequirement::milliAmount)
                .containsExactly(1_500L, 268_435_456_000L, 1_000L);
        assertThat(needs.estimatedMicroCost()).isEqualTo(20_000);
        assertThat(needs.milliValue()).isEqualTo(3_000);
        assertThat(needs.agent().orElseThrow().capabilities()).isEqualTo(Map.of("summarise", 800));
        assertThat(plan.task(1).needs().groups()).containsExactly("disk");
        assertThat(PlanFormat.decode(PlanFormat.encode(plan))).isEqualTo(plan);
    }

    @Test
    void tasks_that_say_nothing_share_the_needs_of_none() {
        ExecutionPlan plan = built(p -> p.group("disk", 1).task("a", t -> t.tool("x")));

        assertThat(plan.task(0).needs()).isSameAs(Needs.NONE);
        assertThat(ExecutionPlan.named("x").task("a", t -> t.tool("x")).build().shared())
                .isSameAs(SharedResources.NONE);
    }

    @Test
    void items_carry_the_needs_of_their_task_and_the_forEach_itself_none() {
        ExecutionPlan plan = built(p -> p.group("disk", 1)
                .task("a", t -> t.tool("x").group("disk").forEach(List.of(1, 2)))
                .step("s", s -> s.forEach(List.of(1)).task("b", t -> t.tool("x").group("disk"))));

        assertThat(plan.tasks())
                .filteredOn(task -> !task.needs().equals(Needs.NONE))
                .extracting(PlannedTask::path)
                .containsExactly("a[*]", "s[*]/b");
    }

    @Test
    void pools_and_groups_of_a_sub_plan_join_those_of_the_plan_and_the_strictest_holds() {
        Workflow sub = ExecutionPlan.named("sub")
                .pool("cpu", "4")
                .pool(ResourcePool.of("disk", "100GB"))
                .group(ConcurrencyGroup.named("llm")
                        .withMaxConcurrent(4)
                        .withRequests(20, ofHours(1))
                        .withBudget(Budget.ofMoney(BigDecimal.ONE).perDay("Europe/Berlin"))
                        .withAdaptive(2, 4))
                .task("x", t -> t.tool("x").group("llm").resource("cpu", "1"))
                .workflow();

        ExecutionPlan plan = built(p -> p.pool("cpu", "8").group(LLM).task("sub", t -> t.plan(sub)));

        assertThat(plan.shared().pools())
                .extracting(ResourcePool::name, ResourcePool::milliCapacity)
                .containsExactly(tuple("cpu", 4_000L), tuple("disk", 100_000_000_000_000L));
        ConcurrencyGroup llm = plan.shared().groups().getFirst();
        assertThat(llm.maxConcurrent()).isEqualTo(4);
        assertThat(llm.requests()).contains(RateLimit.of(10, ofHours(1)));
        assertThat(llm.tokens()).isEqualTo(LLM.tokens());
        assertThat(llm.budget())
                .contains(Budget.ofMoney(BigDecimal.ONE).withTokens(1_000_000).perDay("Europe/Berlin"));
        assertThat(llm.adaptive()).contains(new ConcurrencyGroup.Adaptive(2, 4));
    }

    @Test
    void of_equal_pools_the_stricter_parts_hold() {
        ResourcePool both = ResourcePool.of("a100", "4").withMaxQueued(5).strictest(A100);

        assertThat(both)
                .isEqualTo(new ResourcePool(
                        "a100", "a100", 2_000, "", A100.attributes(), 3_200_000, 5, false, 5_000_000, A100.strategy()));
        assertThat(Budget.ofTokens(1).strictest(Budget.ofTokens(2).perDay("UTC")))
                .isEqualTo(Budget.ofTokens(1));
        assertThat(ConcurrencyGroup.named("a").strictest(LLM).maxConcurrent()).isEqualTo(8);
    }

    @Test
    void a_sub_plan_has_no_order_and_budget_of_its_own_and_its_task_no_needs() {
        Workflow sub = ExecutionPlan.named("sub")
                .strategy("FIFO")
                .tenant("a")
                .value(1)
                .budget(Budget.ofTokens(1))
                .task("x", t -> t.tool("x"))
                .workflow();

        assertThat(problems(p -> p.task(
                        "sub",
                        t -> t.plan(sub)
                                .group("llm")
                                .resource("cpu", "1")
                                .estimatedTokens(1)
                                .estimatedCost(BigDecimal.ONE)
                                .agent(AgentRequirement.ofType("a"))
                                .batch(2, ofMillis(1))
                                .preemptible()
                                .value(1))))
                .extracting(Problem::code, Problem::path)
                .containsExactly(Stream.of(
                                "resources",
                                "group",
                                "estimatedTokens",
                                "estimatedCost",
                                "agent",
                                "batch",
                                "preemptible",
                                "value",
                                "plan.budget",
                                "plan.strategy",
                                "plan.tenant",
                                "plan.value")
                        .map(key -> tuple("UNSUPPORTED", "steps[0].tasks[0]." + key))
                        .toArray(Tuple[]::new));
    }

    @Test
    void what_can_never_be_met_is_refused_with_what_there_is() {
        assertThat(texts(p -> p.pool("cpu", "8")
                        .pool("memory", "1GiB")
                        .pool(A100)
                        .group(LLM)
                        .budget(Budget.ofMoney(BigDecimal.ONE).withTokens(15_000))
                        .strategy("FIF0")
                        .defaults(d -> d.group("disc"))
                        .task("a", t -> t.tool("x").group("lllm"))
                        .task("b", t -> t.tool("x").group("llm").estimatedTokens(20_001))
                        .task("c", t -> t.tool("x").group("llm").estimatedCost(new BigDecimal("10.5")))
                        .task("d", t -> t.tool("x").group("llm").resource("cpus", "1"))
                        .task("e", t -> t.tool("x").group("llm").resource("disk", "1"))
                        .task("f", t -> t.tool("x").group("llm").resource("cpu", "8.001"))
                        .task("g", t -> t.tool("x").group("llm").resource("memory", "1.5GiB"))
                        .task(
                                "h",
                                t -> t.tool("x")
                                        .group("llm")
                                        .resource("cpu", "5")
                                        .resource(ResourceRequirement.of("cpu", "4")
                                                .withPriority(1)))
                        .task(
                                "i",
                                t -> t.tool("x")
                                        .group("llm")
                                        .resource(ResourceRequirement.of("gpu", "1")
                                                .withConstraints(Map.of("minMemory", "81GiB", "model", "a100"))))))
                .containsExactly(
                        "strategy: there is no strategy \"FIF0\"; did you mean \"FIFO\"?",
                        "defaults.group[0]: there is no group \"disc\"; the groups are \"llm\"",
                        "steps[0].tasks[0].group[0]: there is no group \"lllm\"; did you mean \"llm\"?",
                        "steps[0].tasks[1].estimatedTokens: 20,001 tokens are more than the group \"llm\" has in 1m,"
                                + " 20,000; split the task, or raise the rate",
                        "steps[0].tasks[1].estimatedTokens: 20,001 tokens are more than the budget of the plan, 15,000;"
                                + " lower the estimate, or raise the budget",
                        "steps[0].tasks[2].estimatedCost: 10.5 is more than the budget of the group \"llm\", 10;"
                                + " lower the estimate, or raise the budget",
                        "steps[0].tasks[2].estimatedCost: 10.5 is more than the budget of the plan, 1; lower the"
                                + " estimate, or raise the budget",
                        "steps[0].tasks[3].resources[0].type: there is no pool of the type \"cpus\"; did you mean"
                                + " \"cpu\"?",
                        "steps[0].tasks[4].resources[0].type: there is no pool of the type \"disk\"; the types are"
                                + " \"cpu\", \"gpu\", \"memory\"",
                        "steps[0].tasks[5].resources[0].amount: 8.001 of \"cpu\" is more than there is: the pool"
                                + " \"cpu\" has 8; ask for at most 8, or enlarge the pool",
                        "steps[0].tasks[6].resources[0].amount: 1,536 MiB of \"memory\" is more than there is: the"
                                + " pool \"memory\" has 1 GiB; ask for at most 1 GiB, or enlarge the pool",
                        "steps[0].tasks[7].resources[1].amount: 9 of \"cpu\", all together, is more than there is:"
                                + " the pool \"cpu\" has 8; ask for at most 3, or enlarge the pool",
                        "steps[0].tasks[8].resources[0].constraints: no pool of the type \"gpu\" has minMemory 81GiB,"
                                + " model a100; there is \"a100\" with memory 80GiB, model a100");
    }

    @Test
    void where_nothing_is_declared_the_remedy_says_where() {
        assertThat(texts(p -> p.task("a", t -> t.tool("x").group("llm").resource("cpu", "1"))))
                .containsExactly(
                        "steps[0].tasks[0].group[0]: there is no group \"llm\"; declare it under `groups`",
                        "steps[0].tasks[0].resources[0].type: there is no pool of the type \"cpu\"; declare one under"
                                + " `pools`");
    }

    @Test
    void what_the_configuration_has_need_not_be_declared() {
        KnownResources known = KnownResources.of(
                new SharedResources(List.of(ResourcePool.of("cpu", "4")), List.of(LLM), Optional.empty()));
        Workflow workflow = ExecutionPlan.named("x")
                .pool("cpu", "16")
                .task("a", t -> t.tool("x").group("llm").resource("cpu", "4"))
                .task("b", t -> t.tool("x").group("llm").resource("cpu", "5"))
                .workflow();

        assertThat(compile(workflow, known).problems())
                .extracting(Problem::text)
                .containsExactly("steps[0].tasks[1].resources[0].amount: 5 of \"cpu\" is more than there is: the pool"
                        + " \"cpu\" has 4; ask for at most 4, or enlarge the pool");
    }

    @Test
    void what_is_not_known_where_a_plan_is_compiled_is_checked_where_it_is_submitted() {
        Workflow workflow = ExecutionPlan.named("x")
                .strategy("OURS")
                .group(LLM)
                .task("a", t -> t.tool("x").group("disk").resource("cpu", "4"))
                .task("b", t -> t.tool("x").group("llm").estimatedTokens(20_000))
                .task("c", t -> t.tool("x"))
                .workflow();

        ExecutionPlan plan = ((Compilation.Compiled) compile(workflow, KnownResources.UNCHECKED)).plan();

        assertThat(KnownResources.UNCHECKED.unmet(plan)).isEmpty();
        assertThat(KnownResources.NONE.unmet(plan))
                .extracting(Problem::text)
                .containsExactly(
                        "strategy: there is no strategy \"OURS\"; the strategies are FIFO, PRIORITY,"
                                + " SHORTEST_JOB_FIRST, DEADLINE_AWARE, ADAPTIVE",
                        "tasks.a.group[0]: there is no group \"disk\"; the groups are \"llm\"",
                        "tasks.a.resources[0].type: there is no pool of the type \"cpu\"; declare one under `pools`");
    }

    @Test
    void amounts_out_of_range_are_refused_all_at_once() {
        Needs needs = new Needs(
                List.of(new ResourceRequirement("c pu", 0, -1, 11, Map.of("a b", "x"))),
                List.of("llm", "llm"),
                -1,
                -1,
                Optional.of(new AgentRequirement("", Map.of(), "")),
                Optional.of(new BatchPolicy(1, Long.MAX_VALUE)),
                false,
                Long.MAX_VALUE);
        ResourcePool pool =
                new ResourcePool("c pu", "c pu", Long.MAX_VALUE, "\n", Map.of(), -1, -1, true, -1, Optional.of("FIFA"));
        ConcurrencyGroup group = ConcurrencyGroup.named("llm")
                .withMaxConcurrent(3)
                .withRequests(0, Duration.ZERO)
                .withTokens(1, Duration.ofDays(32))
                .withAdaptive(5, 4)
                .withBudget(new Budget(0, 0, Budget.Per.DAY, "Mars"));
        Workflow workflow =
                Workflows.workflow(Workflows.step("main", Workflows.task("a").needs(needs)));
        Workflow whole = new Workflow(
                workflow.name(),
                workflow.version(),
                workflow.about(),
                workflow.variables(),
                workflow.defaults(),
                workflow.steps(),
                workflow.result(),
                workflow.maxRetries(),
                workflow.timeout(),
                workflow.maxParallel(),
                new SharedResources(
                        List.of(pool, pool), List.of(group, ConcurrencyGroup.named("llm")), Optional.empty()),
                new Ordering(Optional.empty(), "a\nb", -5),
                Constraints.NONE);

        assertThat(compile(whole, KnownResources.NONE).problems().stream()
                        .map(Problem::text)
                        .distinct())
                .contains(
                        "pools[\"c pu\"].capacity: 9223372036854775.807 is not from 0.001 to 4000000000000000; use an"
                                + " amount in that range",
                        "pools[\"c pu\"].preemption.grace: -0.000001s must be longer than zero; use a duration of at"
                                + " most 1 day",
                        "pools[\"c pu\"].strategy: there is no strategy \"FIFA\"; did you mean \"FIFO\"?",
                        "pools[\"c pu\"]: there are two pools \"c pu\"; rename one of them",
                        "groups.llm: there are two groups \"llm\"; rename one of them",
                        "groups.llm: the group \"llm\" limits nothing; say maxConcurrent, requests, tokens, budget or"
                                + " adaptive",
                        "groups.llm.requests.limit: 0 is not from 1 to 1000000000000000; use an amount in that range",
                        "groups.llm.requests.per: 0s must be longer than zero; use a duration of at most 31 days",
                        "groups.llm.tokens.per: 768h is longer than 31 days; use a duration of at most 31 days",
                        "groups.llm.adaptive.min: 5 is more than max, 4; make max the greater of both",
                        "groups.llm.adaptive.max: 4 is more than maxConcurrent, 3; leave maxConcurrent out, or lower"
                                + " max",
                        "groups.llm.budget: the budget limits nothing; say money or tokens",
                        "groups.llm.budget.zone: \"Mars\" is not a time zone; write one such as UTC or Europe/Berlin",
                        "tenant: \"a\\u{A}b\" cannot be a tenant; use at most 128 characters, all of which can be"
                                + " seen",
                        "value: -0.005 is not from 0 to 1000000000; use an amount in that range",
                        "steps[0].tasks[0].resources[0].amount: 0 is not from 0.001 to 4000000000000000; use an amount"
                                + " in that range",
                        "steps[0].tasks[0].resources[0].priority: 11 is not from 0 to 10; use an amount in that range",
                        "steps[0].tasks[0].group[1]: the group \"llm\" is named twice; name it once",
                        "steps[0].tasks[0].estimatedTokens: -1 is not from 0 to 1000000000000000; use an amount in"
                                + " that range",
                        "steps[0].tasks[0].agent: it asks nothing of an agent; say type, capabilities or sticky",
                        "steps[0].tasks[0].batch.maxSize: 1 is not from 2 to 10000; use an amount in that range");
    }

    @Test
    void two_plans_cannot_give_one_pool_two_types() {
        Workflow sub = ExecutionPlan.named("sub")
                .pool(ResourcePool.of("a", "1").withType("y"))
                .task("x", t -> t.tool("x"))
                .workflow();

        assertThat(texts(p -> p.pool("a", "1").task("sub", t -> t.plan(sub))))
                .containsExactly("steps[0].tasks[0].plan.pools.a.type: the pool \"a\" has the type \"y\" here and \"a\""
                        + " in another plan; rename one of them, or give both the same type");
    }

    @Test
    void too_many_entries_are_refused() {
        assertThat(texts(p -> p.task("a", t -> {
                    t.tool("x").agent(many());
                })))
                .containsExactly("steps[0].tasks[0].agent.capabilities: there are 65 capabilities, more than 64; say"
                        + " the most important ones");
    }

    private static AgentRequirement many() {
        AgentRequirement agent = AgentRequirement.capableOf();
        for (int i = 0; i < 65; i++) {
            agent = agent.with("c" + i, i);
        }
        return agent;
    }

    @Test
    void what_is_not_built_yet_is_refused() {
        List<Problem> problems = PlanCompiler.compile(
                        everything(),
                        Map.of(),
                        PlanLimits.DEFAULT,
                        new WordLanguage(),
                        ToolNames.UNCHECKED,
                        KnownResources.NONE,
                        Set.of(PlanPart.values()))
                .problems();

        assertThat(problems).extracting(Problem::code).containsOnly("UNSUPPORTED");
        assertThat(problems)
                .extracting(Problem::message)
                .containsAll(
                        Arrays.stream(PlanPart.values()).map(PlanPart::message).toList());
    }

    @Test
    void what_a_configuration_declares_is_checked_likewise() {
        Workflow everything = everything();

        List<Problem> problems = everything.shared().problems();

        assertThat(problems).extracting(Problem::code).allMatch(code -> code.equals("UNSUPPORTED"));
        assertThat(problems.isEmpty())
                .isEqualTo(NotBuiltYet.PARTS.stream()
                        .noneMatch(Set.of(
                                PlanPart.RESOURCES,
                                PlanPart.GROUPS,
                                PlanPart.POOL_COST,
                                PlanPart.POOL_QUEUE,
                                PlanPart.POOL_PREEMPTION,
                                PlanPart.POOL_STRATEGY,
                                PlanPart.REQUEST_RATES,
                                PlanPart.TOKEN_RATES,
                                PlanPart.GROUP_BUDGETS,
                                PlanPart.PLAN_BUDGETS,
                                PlanPart.ADAPTIVE_GROUPS)::contains));
    }

    private static Workflow everything() {
        return ExecutionPlan.named("x")
                .strategy("FIFO")
                .tenant("a")
                .value(1)
                .budget(Budget.ofTokens(9_999))
                .pool(A100)
                .group(LLM)
                .task(
                        "a",
                        t -> t.tool("x")
                                .group("llm")
                                .resource(ResourceRequirement.of("gpu", "1")
                                        .withDuration(ofSeconds(1))
                                        .withPriority(1))
                                .estimatedTokens(1)
                                .estimatedCost(BigDecimal.ONE)
                                .agent(AgentRequirement.ofType("a"))
                                .batch(2, ofMillis(1))
                                .preemptible())
                .workflow();
    }

    @Test
    void constraints_compare_numbers_as_numbers_and_the_rest_as_text() {
        Map<String, String> attributes = Map.of("memory", "80GiB", "model", "a100", "cores", "4.0", "minor", "x");

        assertThat(matches(Map.of("cores", "4"), attributes)).isTrue();
        assertThat(matches(Map.of("model", "a100"), attributes)).isTrue();
        assertThat(matches(Map.of("model", "h100"), attributes)).isFalse();
        assertThat(matches(Map.of("minMemory", "81920MiB"), attributes)).isTrue();
        assertThat(matches(Map.of("minMemory", "81GiB"), attributes)).isFalse();
        assertThat(matches(Map.of("maxCores", "4"), attributes)).isTrue();
        assertThat(matches(Map.of("maxCores", "3.9"), attributes)).isFalse();
        assertThat(matches(Map.of("minModel", "1"), attributes)).isFalse();
        assertThat(matches(Map.of("minOther", "1"), attributes)).isFalse();
        assertThat(matches(Map.of("minor", "x"), attributes)).isTrue();
        assertThat(matches(Map.of("other", "x"), attributes)).isFalse();
        assertThat(matches(Map.of("minX", "-1"), Map.of("x", "0"))).isTrue();
        assertThat(matches(Map.of("minX", "1"), Map.of("minX", "1.0", "x", "0")))
                .isTrue();
        assertThat(matches(Map.of("min", "1"), Map.of("min", "1.0"))).isTrue();
        assertThat(matches(Map.of("x", "1e9"), Map.of("x", "1000000000"))).isTrue();
    }

    private static boolean matches(Map<String, String> constraints, Map<String, String> attributes) {
        return ResourceRequirement.of("x", "1").withConstraints(constraints).matches(attributes);
    }

    @Test
    void amounts_are_exact_or_refused() {
        assertThat(Quantity.parse("1.5kB")).contains(new BigDecimal("1500.0"));
        assertThat(Quantity.parse("7B")).contains(new BigDecimal("7"));
        assertThat(Quantity.parse("-1MiB")).isEmpty();
        assertThat(Quantity.parse("MiB")).isEmpty();
        assertThat(Quantity.parse("NaN")).isEmpty();
        assertThat(Quantity.parse("")).isEmpty();
        assertThat(Quantity.parse("1".repeat(41))).isEmpty();
        assertThat(Quantity.scaled(new BigDecimal("0.001"), 3)).hasValue(1);
        assertThat(Quantity.scaled(new BigDecimal("0.0001"), 3)).isEmpty();
        assertThat(Quantity.scaled(new BigDecimal("1e308"), 3)).isEmpty();
        assertThat(Quantity.scaled(new BigDecimal("1e999999999"), 3)).isEmpty();
        assertThat(Quantity.scaled(new BigDecimal("1e-999999999"), 3)).isEmpty();
        assertThat(Quantity.scaled(new BigDecimal("0e999999999"), 3)).hasValue(0);
        assertThat(Quantity.shown(1_500, "cores")).isEqualTo("1.5 cores");
        assertThat(Quantity.shown(3_000, "bytes")).isEqualTo("3 bytes");
        assertThat(ResourcePool.perHour(new BigDecimal("0.04"), ofMinutes(30))).isEqualTo(80_000);
        assertThat(ResourcePool.perHour(new BigDecimal("0.000001"), Duration.ofDays(1)))
                .isEqualTo(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourcePool.perHour(BigDecimal.ONE, Duration.ZERO))
                .withMessage("a cost is for a time longer than zero, not PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ResourceRequirement.of("cpu", "many"))
                .withMessage("\"many\" is not an amount; write it like 1.5 or 512MiB");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Budget.ofMoney(new BigDecimal("0.0000001")))
                .withMessage("1E-7 has more than 6 decimals or is too large");
    }

    private static ExecutionPlan built(Consumer<PlanBuilder> say) {
        return switch (compile(said(say), KnownResources.NONE)) {
            case Compilation.Compiled(ExecutionPlan plan) -> plan;
            case Compilation.Rejected rejected -> throw new AssertionError(rejected.problems());
        };
    }

    private static List<Problem> problems(Consumer<PlanBuilder> say) {
        return compile(said(say), KnownResources.NONE).problems();
    }

    private static List<String> texts(Consumer<PlanBuilder> say) {
        return problems(say).stream().map(Problem::text).toList();
    }

    private static Workflow said(Consumer<PlanBuilder> say) {
        PlanBuilder builder = ExecutionPlan.named("test");
        say.accept(builder);
        return builder.workflow();
    }

    /// As if all parts were built.
    private static Compilation compile(Workflow workflow, KnownResources known) {
        return PlanCompiler.compile(
                workflow, Map.of(), PlanLimits.DEFAULT, new WordLanguage(), ToolNames.UNCHECKED, known, Set.of());
    }
}
