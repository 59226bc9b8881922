package dev.ropewalk.plan;

import static dev.ropewalk.plan.Values.expression;
import static dev.ropewalk.plan.Values.resultOf;
import static dev.ropewalk.plan.Values.text;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ropewalk.plan.Workflow.VariableType;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanFormatTest {

    /// Everything that the format knows. The golden file holds these bytes: change neither, add a new
    /// file for a new version.
    private static ExecutionPlan everything() {
        Workflow sub = ExecutionPlan.named("sub")
                .variable("limit", VariableType.ANY, 3)
                .step(
                        "main",
                        s -> s.onError(OnError.STOP)
                                .task("work", t -> t.tool("noop").with("limit", expression("vars.limit"))))
                .result(resultOf("work"))
                .workflow();
        RetryPolicy retry = RetryPolicy.of(3)
                .withDelay(ofMillis(1))
                .withBackoff(1.5)
                .withJitter(0.25)
                .withMaxDelay(ofMinutes(2))
                .onlyOn("TIMEOUT", "HTTP_5*")
                .withRule(new RetryPolicy.Rule(List.of("IO"), OptionalInt.of(0), Optional.empty()))
                .withRule(new RetryPolicy.Rule(List.of("BUSY"), OptionalInt.empty(), Optional.of(ofMillis(7))));
        return ExecutionPlan.named("everything")
                .version("1.0.0")
                .title("Jede Straße")
                .description("\uD83D\uDE00 and half of it: \uD83D")
                .tags("a", "b", "a")
                .metadata("n", 1)
                .variable("path", VariableType.STRING, ".")
                .timeout(ofMinutes(10))
                .maxParallel(8)
                .step(
                        "one",
                        s -> s.mode(StepMode.PARALLEL)
                                .onError(OnError.RETRY)
                                .maxRetries(2)
                                .task(
                                        "a",
                                        t -> t.tool("noop")
                                                .retry(retry)
                                                .timeout(ofMillis(5))
                                                .fallback("f"))
                                .task(
                                        "b",
                                        t -> t.tool("noop")
                                                .retry(retry)
                                                .priority(Priority.LOW)
                                                .skipOnFailure())
                                .task(
                                        "c",
                                        t -> t.tool("noop")
                                                .priority(Priority.HIGH)
                                                .estimatedDuration(ofMillis(9)))
                                .task(
                                        "f",
                                        t -> t.tool("noop")
                                                .priority(Priority.CRITICAL)
                                                .onLost(OnLost.UNKNOWN)))
                .step(
                        "two",
                        s -> s.mode(StepMode.CONDITIONAL)
                                .after("one")
                                .onError(OnError.CONTINUE)
                                .task(
                                        "d",
                                        t -> t.plan(sub)
                                                .with("limit", resultOf("a"))
                                                .when(expression("vars.path")))
                                .task(
                                        "e",
                                        t -> t.tool("noop")
                                                .with(Map.of(
                                                        "list",
                                                        List.of(1, expression("x")),
                                                        "text",
                                                        text("n ", expression("x"))))))
                .step(
                        "three",
                        s -> s.mode(StepMode.SEQUENTIAL)
                                .forEach(List.of(1, 2))
                                .maxItems(10)
                                .title("items")
                                .task("g", t -> t.tool("noop").with("item", expression("item")))
                                .task("h", t -> t.tool("noop")))
                .step(
                        "four",
                        s -> s.task(
                                "i",
                                t -> t.tool("noop").forEach(resultOf("three")).title("all")))
                .result(Map.of("d", resultOf("d")))
                .build(new WordLanguage());
    }

    @Test
    void what_version_1_wrote_is_read_for_ever() throws IOException {
        byte[] golden = golden("plan-1");

        assertThat(PlanFormat.decode(golden)).isEqualTo(everything());
        assertThat(PlanFormat.decode(PlanFormat.encode(everything()))).isEqualTo(everything());
    }

    /// Everything that version 2 added.
    private static ExecutionPlan everythingOfVersion2() {
        Budget budget = Budget.ofMoney(new BigDecimal("5.00")).withTokens(100_000);
        TimeWindow night = new TimeWindow(
                List.of(DayOfWeek.SATURDAY, DayOfWeek.MONDAY),
                LocalTime.of(22, 30),
                LocalTime.of(6, 0),
                ZoneId.of("Europe/Berlin"));
        Workflow workflow = ExecutionPlan.named("everything of version 2")
                .strategy("ADAPTIVE")
                .tenant("team-a")
                .value(new BigDecimal("10.5"))
                .budget(budget)
                .pool(ResourcePool.of("cpu", "8").withCost(new BigDecimal("0.04"), ofMinutes(60)))
                .pool(ResourcePool.of("a100", "2")
                        .withType("gpu")
                        .withAttributes(Map.of("memory", "80", "model", "a100"))
                        .withMaxQueued(1_000)
                        .withPreemption(ofMillis(5_000))
                        .withStrategy("FIFO"))
                .group(ConcurrencyGroup.named("llm")
                        .withMaxConcurrent(8)
                        .withRequests(10, ofMinutes(1))
                        .withTokens(20_000, ofMinutes(1))
                        .withBudget(budget.perDay("Europe/Berlin"))
                        .withAdaptive(1, 8))
                .group(ConcurrencyGroup.named("disk").withBudget(budget.per(Budget.Per.TOTAL)))
                .defaults(d -> d.group("disk"))
                .constraints(c -> c.deadline(ofMinutes(90)).onDeadlineMissed(OnDeadlineMissed.FAIL))
                .task(
                        "a",
                        t -> t.tool("noop")
                                .group("llm")
                                .resource("cpu", "1.5")
                                .resource(ResourceRequirement.of("gpu", "1")
                                        .withDuration(ofMillis(30_000))
                                        .withPriority(7)
                                        .withConstraints(Map.of("minMemory", "40", "model", "a100")))
                                .estimatedTokens(1_500)
                                .estimatedCost(new BigDecimal("0.02"))
                                .agent(AgentRequirement.ofType("writer")
                                        .with("summarise", 800)
                                        .with("german", 0)
                                        .withSticky("k"))
                                .batch(16, ofMillis(50))
                                .preemptible()
                                .value(3)
                                .constraints(c -> c.deadline(Instant.parse("2030-01-01T00:00:00Z"))
                                        .onDeadlineMissed(OnDeadlineMissed.ESCALATE)
                                        .notBefore(ofMillis(7))
                                        .window(night)
                                        .exclusive("file", "port")))
                .task("b", t -> t.tool("noop").dependsOn("a", DependencyType.START_TO_START, ofMillis(9)))
                .task(
                        "c",
                        t -> t.tool("noop")
                                .dependsOn("a", DependencyType.FINISH_TO_FINISH)
                                .dependsOn("b", DependencyType.START_TO_FINISH, ofMillis(1), expression("vars")))
                .workflow();
        return switch (PlanCompiler.compile(
                workflow,
                Map.of(),
                PlanLimits.DEFAULT,
                new WordLanguage(),
                ToolNames.UNCHECKED,
                KnownResources.NONE,
                Set.of())) {
            case Compilation.Compiled(ExecutionPlan plan) -> plan;
            case Compilation.Rejected rejected -> throw new AssertionError(rejected.problems());
        };
    }

    @Test
    void what_version_2_wrote_is_read_for_ever() throws IOException {
        byte[] golden = golden("plan-2");

        assertThat(PlanFormat.decode(golden)).isEqualTo(everythingOfVersion2());
        assertThat(HexFormat.of().formatHex(PlanFormat.encode(everythingOfVersion2())))
                .isEqualTo(HexFormat.of().formatHex(golden));
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream file = PlanFormatTest.class.getResourceAsStream("/golden/" + name + ".hex")) {
            return HexFormat.of().parseHex(new String(file.readAllBytes(), US_ASCII).replaceAll("\\s", ""));
        }
    }

    @Test
    void tasks_that_need_the_same_share_it_when_they_are_read() {
        ExecutionPlan read = PlanFormat.decode(PlanFormat.encode(everythingOfVersion2()));

        assertThat(read.task(2).needs()).isSameAs(read.task(1).needs());
        assertThat(PlanFormat.decode(PlanFormat.encode(everything())).task(0).needs())
                .isSameAs(Needs.NONE);
    }

    @Test
    void a_payload_of_another_content_type_is_kept() {
        Template binary = new Template.Literal(Payload.of(new byte[] {0, -1, 5}, "application/octet-stream"));
        ExecutionPlan plan =
                Workflows.plan(Workflows.step("main", Workflows.task("a").with(Workflows.map("bytes", binary))));

        assertThat(PlanFormat.decode(PlanFormat.encode(plan))).isEqualTo(plan);
    }

    @Test
    void a_task_of_a_large_plan_takes_few_bytes() {
        Workflows.TaskMaker[] tasks = new Workflows.TaskMaker[1_000];
        for (int i = 0; i < tasks.length; i++) {
            tasks[i] = Workflows.task("task" + i).retry(RetryPolicy.of(3));
        }
        ExecutionPlan plan = Workflows.plan(Workflows.step("main", tasks).mode(StepMode.SEQUENTIAL));

        assertThat(PlanFormat.encode(plan).length).isLessThan(25 * 1_000);
    }

    @Test
    void a_later_version_is_said_to_be_too_new() {
        byte[] bytes = PlanFormat.encode(everything());
        bytes[4] = 3;

        assertThatThrownBy(() -> PlanFormat.decode(bytes))
                .isInstanceOfSatisfying(
                        CorruptPlanException.class, e -> assertThat(e.code()).isEqualTo("PLAN_TOO_NEW"))
                .hasMessage(
                        "the stored plan has the format 3, and this version of Ropewalk reads 1 to 2; use the version that"
                                + " wrote it [PLAN_TOO_NEW]");
    }

    @Test
    void whatever_is_not_a_plan_is_said_to_be_damaged() {
        assertThatThrownBy(() -> PlanFormat.decode("{\"name\":\"x\"}".getBytes(US_ASCII)))
                .isInstanceOfSatisfying(
                        CorruptPlanException.class, e -> assertThat(e.code()).isEqualTo("PLAN_CORRUPT"))
                .hasMessage("the stored plan is damaged: it does not begin as a plan does, before byte 1 of 12"
                        + " [PLAN_CORRUPT]");
    }

    @Test
    void a_plan_cut_off_anywhere_is_damaged() {
        for (ExecutionPlan plan : List.of(everything(), everythingOfVersion2())) {
            byte[] bytes = PlanFormat.encode(plan);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThat(catchThrowable(() -> PlanFormat.decode(cut)))
                        .as("%d bytes", length)
                        .isInstanceOf(CorruptPlanException.class);
            }
        }
    }

    @Test
    void a_plan_with_something_behind_it_is_damaged() {
        byte[] bytes = PlanFormat.encode(everything());

        assertThatThrownBy(() -> PlanFormat.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("1 bytes too many");
    }

    @Test
    void hostile_bytes_lead_to_a_plan_or_a_refusal_and_to_nothing_else() {
        hostile(PlanFormat.encode(everything()));
        hostile(PlanFormat.encode(everythingOfVersion2()));
    }

    private static void hostile(byte[] bytes) {
        SplittableRandom random = new SplittableRandom(7);
        for (int round = 0; round < 20_000; round++) {
            byte[] hostile = bytes.clone();
            for (int changes = random.nextInt(1, 4); changes > 0; changes--) {
                hostile[random.nextInt(5, hostile.length)] = (byte) random.nextInt();
            }
            Throwable thrown = catchThrowable(() -> PlanFormat.decode(hostile));
            if (thrown != null) {
                assertThat(thrown).as("round %d", round).isInstanceOf(CorruptPlanException.class);
            }
        }
    }

    @Test
    void a_length_beyond_the_bytes_allocates_nothing() {
        byte[] hostile =
                new ByteWriterOf().magic().number(0).number(Long.MAX_VALUE - 1).bytes();

        assertThatThrownBy(() -> PlanFormat.decode(hostile)).hasMessageContaining("bytes are missing");
        byte[] wide =
                new ByteWriterOf().magic().number(0).number(Long.MAX_VALUE).bytes();
        assertThatThrownBy(() -> PlanFormat.decode(wide)).hasMessageContaining("bytes are missing");
    }

    @Test
    void a_stored_circle_is_damage() {
        Edges circle = new Edges();
        circle.add(0, 1, EdgeKind.SUCCESS);
        circle.add(1, 0, EdgeKind.SUCCESS);
        ExecutionPlan sound = Workflows.plan(Workflows.step("main", Workflows.task("a"), Workflows.task("b")));
        ExecutionPlan plan = new ExecutionPlan(
                "x",
                "",
                Documentation.NONE,
                sound.steps(),
                sound.tasks(),
                sound.scopes(),
                Template.NULL,
                0,
                0,
                SharedResources.NONE,
                Ordering.NONE,
                Constraints.NONE,
                circle);

        assertThatThrownBy(() -> PlanFormat.decode(PlanFormat.encode(plan)))
                .hasMessageContaining("its edges form a circle");
    }

    @Test
    void a_value_nested_without_end_is_damage() {
        Template nested = Template.NULL;
        for (int i = 0; i < 300; i++) {
            nested = new Template.Sequence(List.of(nested));
        }
        ExecutionPlan sound = Workflows.plan(Workflows.step("main", Workflows.task("a")));
        ExecutionPlan plan = new ExecutionPlan(
                "x",
                "",
                Documentation.NONE,
                sound.steps(),
                sound.tasks(),
                sound.scopes(),
                nested,
                0,
                0,
                SharedResources.NONE,
                Ordering.NONE,
                Constraints.NONE,
                new Edges());

        assertThatThrownBy(() -> PlanFormat.decode(PlanFormat.encode(plan)))
                .hasMessageContaining("nested deeper than 256 levels");
    }

    /// The beginning of a plan, by hand.
    private static final class ByteWriterOf {
        private final ByteWriter out = new ByteWriter();

        ByteWriterOf magic() {
            for (int c : PlanFormat.MAGIC) {
                out.oneByte(c);
            }
            out.number(PlanFormat.VERSION);
            return this;
        }

        ByteWriterOf number(long value) {
            out.number(value);
            return this;
        }

        byte[] bytes() {
            return out.toByteArray();
        }
    }
}
