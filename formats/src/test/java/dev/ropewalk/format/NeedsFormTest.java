package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.AgentRequirement;
import dev.ropewalk.plan.BatchPolicy;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.Ordering;
import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;
import dev.ropewalk.plan.SharedResources;
import dev.ropewalk.plan.Workflow;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class NeedsFormTest {

    @Test
    void a_task_says_what_it_needs() {
        Workflow.Task task = Plans.task("""
                group: [llm, disk]
                resources:
                  - { type: cpu, amount: 1.5 }
                  - { type: memory, amount: 256MiB, duration: 30s, priority: 7 }
                  - { type: gpu, amount: 1, constraints: { minMemory: 40, model: a100, ecc: true } }
                estimatedTokens: 1500
                estimatedCost: 0.02
                agent: { type: writer, capabilities: { summarise: 0.8, german: 0.5 }, sticky: k }
                batch: { maxSize: 16, maxWait: 50ms }
                preemptible: true
                value: 3
                """);

        assertThat(task.needs())
                .isEqualTo(new Needs(
                        List.of(
                                ResourceRequirement.of("cpu", "1.5"),
                                ResourceRequirement.of("memory", "256MiB")
                                        .withDuration(Duration.ofSeconds(30))
                                        .withPriority(7),
                                ResourceRequirement.of("gpu", "1")
                                        .withConstraints(Map.of("minMemory", "40", "model", "a100", "ecc", "true"))),
                        List.of("llm", "disk"),
                        1_500,
                        20_000,
                        Optional.of(AgentRequirement.ofType("writer")
                                .with("summarise", 800)
                                .with("german", 500)
                                .withSticky("k")),
                        Optional.of(new BatchPolicy(16, 50_000)),
                        true,
                        3_000));
    }

    @Test
    void short_forms_say_the_same() {
        Needs needs = Plans.task("group: llm\nagent: { capabilities: [a, b] }\nbatch: { maxSize: 2 }")
                .needs();

        assertThat(needs.groups()).containsExactly("llm");
        assertThat(needs.agent()).contains(AgentRequirement.capableOf("a", "b"));
        assertThat(needs.batch()).contains(new BatchPolicy(2, 0));
        assertThat(Plans.task("agent: writer").needs().agent()).contains(AgentRequirement.ofType("writer"));
        assertThat(Plans.task("value: 0").needs()).isSameAs(Needs.NONE);
    }

    @Test
    void a_plan_says_what_it_shares_and_where_it_stands() {
        Workflow workflow = Plans.workflow(Plans.withTask("tool: shell") + """
                strategy: ADAPTIVE
                tenant: team-a
                value: 10
                budget: { money: 5.00, tokens: 100000 }
                defaults: { group: llm }
                groups:
                  llm:
                    maxConcurrent: 3
                    requests: { limit: 10, per: 1m }
                    tokens: { limit: 20000, per: 1m }
                    budget: { money: 10, per: day, zone: Europe/Berlin }
                    adaptive: { min: 1, max: 8 }
                  total: { budget: { tokens: 7, per: total } }
                pools:
                  cpu: { capacity: 8, unit: cores, cost: { amount: 0.04, per: 1h }, maxQueued: 1000 }
                  memory: { capacity: 16GiB }
                  a100:
                    type: gpu
                    capacity: 2
                    attributes: { memory: 80, model: a100 }
                    preemption: { grace: 5s }
                    strategy: FIFO
                  b: { capacity: 0.125, preemption: {} }
                """);

        assertThat(workflow.ordering()).isEqualTo(new Ordering(Optional.of("ADAPTIVE"), "team-a", 10_000));
        assertThat(workflow.defaults().groups()).containsExactly("llm");
        assertThat(workflow.shared())
                .isEqualTo(new SharedResources(
                        List.of(
                                new ResourcePool(
                                        "cpu",
                                        "cpu",
                                        8_000,
                                        "cores",
                                        Map.of(),
                                        40_000,
                                        1_000,
                                        false,
                                        0,
                                        Optional.empty()),
                                ResourcePool.of("memory", "16GiB"),
                                ResourcePool.of("a100", "2")
                                        .withType("gpu")
                                        .withAttributes(Map.of("memory", "80", "model", "a100"))
                                        .withPreemption(Duration.ofSeconds(5))
                                        .withStrategy("FIFO"),
                                ResourcePool.of("b", "0.125").withPreemption(Duration.ofSeconds(5))),
                        List.of(
                                ConcurrencyGroup.named("llm")
                                        .withMaxConcurrent(3)
                                        .withRequests(10, Duration.ofMinutes(1))
                                        .withTokens(20_000, Duration.ofMinutes(1))
                                        .withBudget(
                                                Budget.ofMoney(BigDecimal.TEN).perDay("Europe/Berlin"))
                                        .withAdaptive(1, 8),
                                ConcurrencyGroup.named("total")
                                        .withBudget(Budget.ofTokens(7).per(Budget.Per.TOTAL))),
                        Optional.of(Budget.ofMoney(new BigDecimal("5")).withTokens(100_000))));
    }

    @Test
    void a_plan_that_shares_nothing_says_so() {
        Workflow workflow = Plans.workflow(Plans.withTask("tool: shell") + "groups: {}\npools: {}\n");

        assertThat(workflow.shared()).isSameAs(SharedResources.NONE);
        assertThat(workflow.ordering()).isSameAs(Ordering.NONE);
    }

    @Test
    void amounts_that_cannot_be_kept_are_refused_where_they_stand() {
        assertThat(form("""
                name: test
                budget: { money: -1 }
                groups:
                  a: { maxConcurrent: 99999999999, requests: { limit: 1e3, per: 4000d } }
                pools:
                  cpu: { capacity: 1.0001 }
                  gpu: { capacity: 1e308 }
                  disk: { capacity: much }
                  mem: { capacity: 5 GiB, cost: { amount: 1000000000000, per: 1ms } }
                  net: { capacity: 0, cost: { amount: 1, per: 0s } }
                steps:
                  - id: step
                    tasks:
                      - id: task
                        tool: shell
                        estimatedCost: 0.0000001
                        estimatedTokens: none
                        resources: [{ type: cpu, amount: .nan }, { type: cpu, amount: -0.5 }]
                        agent: { capabilities: { german: 1.5 } }
                """))
                .containsExactly(
                        "plan.yaml:2:18  budget.money  -1 is not more than zero  → leave it out for none",
                        "plan.yaml:4:23  groups.a.maxConcurrent  99,999,999,999 is too large  → write a smaller number",
                        "plan.yaml:4:55  groups.a.requests.limit  1e3 is a number, but an integer belongs here  → write a number such as 3",
                        "plan.yaml:4:65  groups.a.requests.per  4000d is too large  → write a smaller number",
                        "plan.yaml:6:20  pools.cpu.capacity  1.0001 has more than 3 decimals  → round it yourself: nothing here is rounded",
                        "plan.yaml:7:20  pools.gpu.capacity  1e308 is too large  → write a smaller number",
                        "plan.yaml:8:21  pools.disk.capacity  \"much\" is a string, but an amount belongs here  → write a number such as 1.5, or a size such as 512MiB",
                        "plan.yaml:9:20  pools.mem.capacity  \"5 GiB\" is a string, but an amount belongs here  → write a number such as 1.5, or a size such as 512MiB",
                        "plan.yaml:9:43  pools.mem.cost.amount  the cost of an hour is too large  → write it like { amount: 0.04, per: 1h }",
                        "plan.yaml:10:20  pools.net.capacity  0 is not more than zero  → leave it out for none",
                        "plan.yaml:10:47  pools.net.cost.per  a cost is for a time longer than zero  → write it like { amount: 0.04, per: 1h }",
                        "plan.yaml:16:24  steps[0].tasks[0].estimatedCost  0.0000001 has more than 6 decimals  → round it yourself: nothing here is rounded",
                        "plan.yaml:17:26  steps[0].tasks[0].estimatedTokens  \"none\" is a string, but an integer belongs here  → write a number such as 3",
                        "plan.yaml:18:42  steps[0].tasks[0].resources[0].amount  .nan is not a number that a plan can hold  → write it as a string in quotes",
                        "plan.yaml:18:42  steps[0].tasks[0].resources[0].amount  \".nan\" is a string, but an amount belongs here  → write a number such as 1.5, or a size such as 512MiB",
                        "plan.yaml:18:71  steps[0].tasks[0].resources[1].amount  -0.5 is not more than zero  → leave it out for none",
                        "plan.yaml:19:42  steps[0].tasks[0].agent.capabilities.german  a proficiency is from 0 to 1  → write one such as 0.8");
    }

    @Test
    void the_words_of_others_are_told_what_they_are_called_here() {
        assertThat(form("""
                name: test
                concurrency_groups:
                  llm_calls: { max_concurrent: 3, rate_limit: { requests: 10, period: 1m } }
                resources: { cpu: { size: 8 } }
                steps:
                  - id: step
                    group: llm
                    tasks:
                      - id: task
                        tool: shell
                        concurrency_group: llm_calls
                        resource_requirements: [{ name: cpu, quantity: 1 }]
                        estimated_duration: 30s
                        agent_type: writer
                        budget: 5
                      - id: other
                        tool: shell
                        resourceRequirements: []
                """))
                .containsExactly(
                        "plan.yaml:2:1  concurrency_groups  a plan has no key \"concurrency_groups\"  → did you mean \"groups\"?",
                        "plan.yaml:3:16  concurrency_groups.llm_calls.max_concurrent  a group has no key \"max_concurrent\"  → did you mean \"maxConcurrent\"?",
                        "plan.yaml:3:35  concurrency_groups.llm_calls.rate_limit  a group has no key \"rate_limit\"  → did you mean \"requests\"?",
                        "plan.yaml:3:49  concurrency_groups.llm_calls.rate_limit.requests  a rate has no key \"requests\"  → did you mean \"limit\"?",
                        "plan.yaml:3:63  concurrency_groups.llm_calls.rate_limit.period  a rate has no key \"period\"  → did you mean \"per\"?",
                        "plan.yaml:4:1  resources  a plan has no key \"resources\"  → did you mean \"pools\"?",
                        "plan.yaml:4:21  resources.cpu.size  a pool has no key \"size\"  → did you mean \"capacity\"?",
                        "plan.yaml:7:5  steps[0].group  \"group\" of a step is not built yet  → put it on the tasks, or in the plan's `defaults`",
                        "plan.yaml:11:9  steps[0].tasks[0].concurrency_group  a task has no key \"concurrency_group\"  → did you mean \"group\"?",
                        "plan.yaml:12:9  steps[0].tasks[0].resource_requirements  a task has no key \"resource_requirements\"  → did you mean \"resources\"?",
                        "plan.yaml:12:35  steps[0].tasks[0].resource_requirements[0].name  a resource has no key \"name\"  → did you mean \"type\"?",
                        "plan.yaml:12:46  steps[0].tasks[0].resource_requirements[0].quantity  a resource has no key \"quantity\"  → did you mean \"amount\"?",
                        "plan.yaml:13:9  steps[0].tasks[0].estimated_duration  a task has no key \"estimated_duration\"  → did you mean \"estimatedDuration\"?",
                        "plan.yaml:14:9  steps[0].tasks[0].agent_type  a task has no key \"agent_type\"  → did you mean \"agent\"?",
                        "plan.yaml:15:9  steps[0].tasks[0].budget  \"budget\" of a task is not built yet  → put it on the plan or on a group",
                        "plan.yaml:18:9  steps[0].tasks[1].resourceRequirements  a task has no key \"resourceRequirements\"  → did you mean \"resources\"?");
    }

    private static List<String> form(String yaml) {
        return Plans.read(yaml).problems().stream().map(LocatedProblem::render).toList();
    }
}
