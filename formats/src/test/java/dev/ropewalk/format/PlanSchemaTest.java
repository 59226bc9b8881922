package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.TextFormat;
import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.value.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The published schema and the reader say the same of every plan.
@DisplayNameGeneration(ReplaceUnderscores.class)
class PlanSchemaTest {

    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(PlanSchema.text(), InputFormat.JSON);

    /// Under which name the schema describes each shape.
    private static final Map<Shape, String> DEFINITIONS = Map.ofEntries(
            Map.entry(Shapes.STEP, "step"),
            Map.entry(Shapes.TASK, "task"),
            Map.entry(Shapes.DEFAULTS, "defaults"),
            Map.entry(Shapes.RETRY, "retryPolicy"),
            Map.entry(Shapes.RULE, "retryRule"),
            Map.entry(Shapes.VARIABLE, "declaredVariable"),
            Map.entry(Shapes.ON_FAILURE, "fallback"),
            Map.entry(Shapes.DEPENDENCY, "dependency"),
            Map.entry(SharedShapes.POOL, "pool"),
            Map.entry(SharedShapes.COST, "cost"),
            Map.entry(SharedShapes.PREEMPTION, "preemption"),
            Map.entry(SharedShapes.GROUP, "group"),
            Map.entry(SharedShapes.RATE, "rate"),
            Map.entry(SharedShapes.ADAPTIVE, "adaptive"),
            Map.entry(SharedShapes.BUDGET, "budget"),
            Map.entry(SharedShapes.RESOURCE, "resource"),
            Map.entry(SharedShapes.AGENT, "agent"),
            Map.entry(Shapes.CONSTRAINTS, "constraints"),
            Map.entry(Shapes.WINDOW, "window"),
            Map.entry(SharedShapes.BATCH, "batch"));

    static Stream<Arguments> shapes() {
        return Shapes.ALL.stream().map(shape -> Arguments.of(shape.noun(), shape));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shapes")
    void schema_and_reader_know_the_same_keys(String noun, Shape shape) {
        Map<?, ?> schema = (Map<?, ?>) Json.read(PlanSchema.text());
        String name = DEFINITIONS.get(shape);
        Map<?, ?> definition = name == null ? schema : (Map<?, ?>) ((Map<?, ?>) schema.get("$defs")).get(name);

        Set<Object> keys = new HashSet<>(((Map<?, ?>) definition.get("properties")).keySet());

        assertThat(keys).isEqualTo(new HashSet<Object>(shape.keys()));
        assertThat(definition.get("additionalProperties")).isEqualTo(false);
    }

    @Test
    void what_is_not_built_yet_is_no_key() {
        for (Shape shape : Shapes.ALL) {
            assertThat(Collections.disjoint(shape.keys(), shape.unbuilt().keySet()))
                    .isTrue();
            assertThat(Collections.disjoint(shape.keys(), shape.others().keySet()))
                    .isTrue();
            assertThat(Collections.disjoint(
                            shape.others().keySet(), shape.unbuilt().keySet()))
                    .isTrue();
            assertThat(shape.keys().containsAll(shape.others().values())).isTrue();
        }
    }

    @Test
    void every_property_of_the_schema_has_a_description_for_editors() {
        Map<?, ?> schema = (Map<?, ?>) Json.read(PlanSchema.text());
        List<String> silent = new ArrayList<>();
        Map<String, Object> owners = new TreeMap<>();
        owners.put("plan", schema);
        ((Map<?, ?>) schema.get("$defs")).forEach((name, definition) -> owners.put((String) name, definition));
        owners.forEach((owner, definition) -> {
            if (((Map<?, ?>) definition).get("properties") instanceof Map<?, ?> properties) {
                properties.forEach((key, property) -> {
                    if (!isDescribed((Map<?, ?>) property, schema)) {
                        silent.add(owner + "." + key);
                    }
                });
            }
        });

        assertThat(silent).isEmpty();
    }

    private static boolean isDescribed(Map<?, ?> property, Map<?, ?> schema) {
        if (property.containsKey("description")) {
            return true;
        }
        String reference = (String) property.get("$ref");
        return reference != null
                && isDescribed((Map<?, ?>) ((Map<?, ?>) schema.get("$defs")).get(reference.substring(8)), schema);
    }

    @Test
    void the_schema_has_the_name_that_a_plan_may_give() {
        assertThat(((Map<?, ?>) Json.read(PlanSchema.text())).get("$id")).isEqualTo(PlanSchema.ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tool: shell",
                "tool: shell\nwith: { a: 1, b: [null, { c: \"${vars.x}\" }] }",
                "tool: shell\nwith: \"${vars.x}\"",
                "tool: shell\nname: n\ndescription: d\ntags: [a]\nmetadata: { a: 1 }",
                "tool: shell\ntags: a",
                "tool: shell\nafter: []",
                "tool: shell\ndependencies: [{ task: other, type: FINISH_TO_START, lag: 0s }, other2]",
                "tool: shell\nafter: other\ndependencies: [{ task: other2, type: START_TO_FINISH, lag: 1s, condition: true }]",
                "tool: shell\nconstraints: { deadline: 1m, onDeadlineMissed: fail, notBefore: 2027-01-01T00:00:00+01:00 }",
                "tool: shell\nconstraints: { windows: [ { days: MON..FRI, from: \"22:00\", to: \"06:00\", zone: UTC } ] }",
                "tool: shell\nconstraints: { windows: [ { days: [SAT, SUN], from: \"22:00:30\", to: \"06:00\", zone: UTC } ] }",
                "tool: shell\nwhen: true",
                "tool: shell\nwhen: \"${vars.x == 'a'}\"",
                "tool: shell\nforEach: [1]\nmaxItems: 1",
                "tool: shell\nforEach: \"${vars.list}\"",
                "tool: shell\nretry: 3\ntimeout: 1h30m\nestimatedDuration: PT5S",
                "tool: shell\nretry: { maxRetries: 3, delay: 1.5s, backoff: 1, jitter: 0.5, maxDelay: 1d, on: A, rules: [] }",
                "tool: shell\nretry: { maxRetries: 0, on: [A, HTTP_5*], rules: [{ on: [B], maxRetries: 1, delay: 0s }] }",
                "tool: shell\nonFailure: skip",
                "tool: shell\nonFailure: fail\npriority: LOW\nonLost: unknown",
                "tool: shell\nonFailure: { fallback: other }",
                "tool: shell\ngroup: disk\nresources: []\npreemptible: true\nvalue: 0.125",
                "tool: shell\ngroup: [disk, llm]\nestimatedTokens: 1500\nestimatedCost: 0.000001",
                "tool: shell\nresources: [{ type: cpu, amount: 1.5 }, { type: memory, amount: 256MiB, duration: 30s, priority: 7 }]",
                "tool: shell\nresources: [{ type: gpu, amount: 0.001, constraints: { minMemory: 40, model: a100, ecc: true } }]",
                "tool: shell\nresources: [{ type: memory, amount: 1.5GB }, { type: disk, amount: 7B }]",
                "tool: shell\nagent: writer",
                "tool: shell\nagent: { type: writer, capabilities: { summarise: 0.8, german: 1 }, sticky: k }",
                "tool: shell\nagent: { capabilities: [summarise] }\nbatch: { maxSize: 16, maxWait: 50ms }",
                "tool: shell\nagent: { capabilities: summarise }\nbatch: { maxSize: 2 }"
            })
    void tasks_that_are_right_are_right_for_both(String task) {
        assertBothAccept(withVariables(task));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "with: {}",
                "tool: shell\nplan: x.yaml",
                "tool: 1",
                "tool: \"\"",
                "tool: shell\nwith: [1]",
                "tool: shell\nwith: text",
                "tool: shell\nname: 1",
                "tool: shell\ntags: { a: b }",
                "tool: shell\ntags: [1]",
                "tool: shell\nmetadata: [1]",
                "tool: shell\nafter: 1",
                "tool: shell\ndependencies: other",
                "tool: shell\ndependencies: [{ type: FINISH_TO_START }]",
                "tool: shell\ndependencies: [{ task: other, type: START_START }]",
                "tool: shell\ndependencies: [{ task: other, step: other2 }]",
                "tool: shell\ndependencies: [{ task: other, lag: 1 }]",
                "tool: shell\ndependencies: [{ task: other, condition: text }]",
                "tool: shell\nconstraints: 1",
                "tool: shell\nconstraints: { deadline: 1 }",
                "tool: shell\nconstraints: { deadline: 2027-01-01 }",
                "tool: shell\nconstraints: { deadline: 2027-01-01T00:00:00 }",
                "tool: shell\nconstraints: { deadline: 1m, onDeadlineMissed: stop }",
                "tool: shell\nconstraints: { windows: [ { from: \"22:00\", to: \"06:00\" } ] }",
                "tool: shell\nconstraints: { windows: [ { from: \"24:00\", to: \"06:00\", zone: UTC } ] }",
                "tool: shell\nconstraints: { windows: [ { days: [XYZ], from: \"22:00\", to: \"06:00\", zone: UTC } ] }",
                "tool: shell\nconstraints: { minInterval: 1m }",
                "tool: shell\ndependencies: [{ task: other, delay: 1s }]",
                "tool: shell\nwhen: 1",
                "tool: shell\nwhen: text",
                "tool: shell\nforEach: 1",
                "tool: shell\nforEach: { a: 1 }",
                "tool: shell\nforEach: [1]\nmaxItems: 0",
                "tool: shell\nretry: -1",
                "tool: shell\nretry: 1001",
                "tool: shell\nretry: 1.5",
                "tool: shell\nretry: [1]",
                "tool: shell\nretry: { delay: 1s }",
                "tool: shell\nretry: { maxRetries: 1, delay: 1 }",
                "tool: shell\nretry: { maxRetries: 1, backoff: 0 }",
                "tool: shell\nretry: { maxRetries: 1, jitter: 1.1 }",
                "tool: shell\nretry: { maxRetries: 1, on: 1 }",
                "tool: shell\nretry: { maxRetries: 1, on: [\"a b\"] }",
                "tool: shell\nretry: { maxRetries: 1, rules: [{ maxRetries: 1 }] }",
                "tool: shell\nretry: { maxRetries: 1, rules: {} }",
                "tool: shell\nretry: { maxRetries: 1, initialDelay: 1s }",
                "tool: shell\ntimeout: 30",
                "tool: shell\ntimeout: 30 s",
                "tool: shell\ntimeout: 1s1m",
                "tool: shell\ntimeout: P",
                "tool: shell\ntimeout: \"\"",
                "tool: shell\nonFailure: stop",
                "tool: shell\nonFailure: { fallback: 1 }",
                "tool: shell\nonFailure: {}",
                "tool: shell\npriority: high",
                "tool: shell\nonLost: retry",
                "tool: shell\ngroup: 1",
                "tool: shell\ngroup: [{ name: disk }]",
                "tool: shell\nresources: cpu",
                "tool: shell\nresources: [{ type: cpu }]",
                "tool: shell\nresources: [{ amount: 1 }]",
                "tool: shell\nresources: [{ type: cpu, amount: 0 }]",
                "tool: shell\nresources: [{ type: cpu, amount: -1 }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1.0001 }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1e308 }]",
                "tool: shell\nresources: [{ type: cpu, amount: many }]",
                "tool: shell\nresources: [{ type: cpu, amount: \"1\" }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1 GiB }]",
                "tool: shell\nresources: [{ type: cpu, amount: -1GiB }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1, priority: 11 }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1, duration: 5 }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1, constraints: [a] }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1, constraints: { a: [1] } }]",
                "tool: shell\nresources: [{ type: cpu, amount: 1, name: x }]",
                "tool: shell\nestimatedTokens: 0",
                "tool: shell\nestimatedTokens: 1.5",
                "tool: shell\nestimatedCost: -0.01",
                "tool: shell\nestimatedCost: 0.0000001",
                "tool: shell\nestimatedCost: 1e308",
                "tool: shell\nestimatedCost: \"0.02\"",
                "tool: shell\nagent: {}",
                "tool: shell\nagent: [writer]",
                "tool: shell\nagent: { capabilities: { summarise: 1.1 } }",
                "tool: shell\nagent: { capabilities: { summarise: -0.1 } }",
                "tool: shell\nagent: { capabilities: { summarise: high } }",
                "tool: shell\nbatch: 16",
                "tool: shell\nbatch: { maxWait: 1s }",
                "tool: shell\nbatch: { maxSize: 1 }",
                "tool: shell\npreemptible: 1",
                "tool: shell\nvalue: -1",
                "tool: shell\nvalue: 0.0001",
                "tool: shell\nunknown: 1",
                "tool: shell\ntimeout:"
            })
    void tasks_that_are_wrong_are_wrong_for_both(String task) {
        assertBothRefuse(withVariables(task));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: \"1\"\ndescription: d\nmaxRetries: 1\ntimeout: 1h\nmaxParallel: 1\nresult: 1",
                "$schema: urn:ropewalk:schema:plan:1",
                "defaults: { retry: 1, timeout: 1s, onFailure: skip, priority: HIGH }",
                "variables: { a: 1, b: x, c: [1], d: true, e: 1.5 }",
                "variables: { a: { type: string, default: x, description: d, required: false } }",
                "variables: { a: { default: null } }",
                "mcpServers: { files: { command: [a], env: {} } }",
                "result: { a: \"${tasks.task.result}\" }",
                "strategy: ADAPTIVE\ntenant: team-a\nvalue: 10\ndefaults: { group: [llm] }",
                "budget: { money: 5.00, tokens: 100000 }",
                "budget: { money: 0.000001, per: day, zone: Europe/Berlin }",
                "groups: { llm: { maxConcurrent: 3, requests: { limit: 10, per: 1m }, tokens: { limit: 20000, per: 1m } } }",
                "groups: { llm: { budget: { money: 10, per: total }, adaptive: { min: 1, max: 8 } }, b: { adaptive: { max: 2 } } }",
                "pools: { cpu: { capacity: 8, unit: cores, cost: { amount: 0.04, per: 1h }, attributes: { zone: a } } }",
                "pools: { memory: { capacity: 16GiB }, a: { type: gpu, capacity: 2, maxQueued: 9, preemption: { grace: 5s }, strategy: FIFO } }",
                "pools: { a: { capacity: 1, preemption: {} } }",
                "groups: {}\npools: {}",
            })
    void plans_that_are_right_are_right_for_both(String lines) {
        assertBothAccept(Plans.withTask("tool: shell") + lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "version: 1",
                "name2: x",
                "maxRetries: -1",
                "timeout: 5",
                "maxParallel: 0",
                "maxParallel: many",
                "strategy: 1",
                "tenant: [a]",
                "value: much",
                "budget: 5",
                "budget: {}",
                "budget: { money: 0 }",
                "budget: { money: 1.0000001 }",
                "budget: { money: 1, per: week }",
                "budget: { money: 1, zone: UTC }",
                "budget: { money: 1, per: total, zone: UTC }",
                "budget: { tokens: 1.5 }",
                "groups: []",
                "groups: { llm: 3 }",
                "groups: { llm: {} }",
                "groups: { \"a b\": { maxConcurrent: 1 } }",
                "groups: { llm: { maxConcurrent: 0 } }",
                "groups: { llm: { maxConcurrent: 1.5 } }",
                "groups: { llm: { max_concurrent: 3 } }",
                "groups: { llm: { requests: 10 } }",
                "groups: { llm: { requests: { limit: 10 } } }",
                "groups: { llm: { requests: { per: 1m } } }",
                "groups: { llm: { requests: { limit: 0, per: 1m } } }",
                "groups: { llm: { tokens: { limit: 1, per: 1 } } }",
                "groups: { llm: { adaptive: { min: 1 } } }",
                "groups: { llm: { adaptive: true } }",
                "pools: []",
                "pools: { cpu: 8 }",
                "pools: { cpu: {} }",
                "pools: { cpu: { capacity: 0 } }",
                "pools: { cpu: { capacity: lots } }",
                "pools: { cpu: { capacity: 1, cost: 1 } }",
                "pools: { cpu: { capacity: 1, cost: { amount: 1 } } }",
                "pools: { cpu: { capacity: 1, cost: { per: 1h } } }",
                "pools: { cpu: { capacity: 1, attributes: [a] } }",
                "pools: { cpu: { capacity: 1, maxQueued: 0 } }",
                "pools: { cpu: { capacity: 1, preemption: yes } }",
                "defaults: []",
                "defaults: { onFailure: { fallback: x } }",
                "defaults: { group: 1 }",
                "variables: []",
                "variables: { a: }",
                "variables: { a: \"${vars.b}\" }",
                "variables: { a: { type: text } }",
                "variables: { a: { required: true, default: 1 } }",
                "variables: { a: { required: false } }",
                "variables: { a: { required: maybe } }",
                "variables: { a: { secret: true } }",
                "variables: { \"a b\": 1 }",
                "mcpServers: []",
                "mcpServers: { files: x }",
                "tasks: []",
            })
    void plans_that_are_wrong_are_wrong_for_both(String lines) {
        assertBothRefuse(Plans.withTask("tool: shell") + lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: parallel",
                "mode: conditional\nonError: continue",
                "onError: retry\nmaxRetries: 2",
                "forEach: [1, 2]\nmaxItems: 10",
                "name: n\ndescription: d\ntags: [a]\nmetadata: {}",
            })
    void steps_that_are_right_are_right_for_both(String lines) {
        assertBothAccept(withStep(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: serial",
                "onError: fail",
                "onError: retry\nmaxRetries: -1",
                "forEach: x",
                "timeout: 1s",
                "retry: 1",
                "when: true",
            })
    void steps_that_are_wrong_are_wrong_for_both(String lines) {
        assertBothRefuse(withStep(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "1", "name: x", "steps: []", "name: x\nsteps: []", "name: x\nsteps: {}"})
    void what_is_no_plan_is_none_for_both(String yaml) {
        assertBothRefuse(yaml);
    }

    @Test
    void broken_plans_of_form_are_broken_for_the_schema_too() throws IOException, URISyntaxException {
        Path broken = Path.of(PlanSchemaTest.class.getResource("/broken").toURI());
        for (String name : List.of("unknown-key", "wrong-type", "bad-duration")) {
            String yaml = Files.readString(broken.resolve(name + ".yaml"));

            assertThat(validate(yaml)).as(name).isNotEmpty();
        }
    }

    private static String withVariables(String task) {
        return Plans.withTask(task) + """
                  - id: more
                    tasks: [{ id: other, tool: shell }, { id: other2, tool: shell }]
                variables: { x: { default: { a: 1 } }, list: [1] }
                """;
    }

    private static String withStep(String lines) {
        return """
                name: test
                steps:
                  - id: step
                    tasks: [{ id: task, tool: shell }]
                %s""".formatted(lines.strip().indent(4));
    }

    /// Through our own reading of YAML, so that only the schema is in question.
    private static List<?> validate(String yaml) {
        Node tree = TextFormat.YAML
                .compose(yaml, TreeLimits.DEFAULT, (at, place, code, message, remedy) -> {})
                .orElseThrow();
        return SCHEMA.validate(NodeJson.payload(tree).text(), InputFormat.JSON);
    }

    private static void assertBothAccept(String yaml) {
        assertThat(validate(yaml)).as("schema").isEmpty();
        // Whether ids exist and types fit is for the compiler alone.
        assertThat(Plans.read(yaml).problems()).as("reader").isEmpty();
    }

    private static void assertBothRefuse(String yaml) {
        assertThat(validate(yaml)).as("schema").isNotEmpty();
        assertThat(Plans.check(new PlanReader().read("plan.yaml", yaml.getBytes(StandardCharsets.UTF_8)))
                        .problems())
                .as("reader and compiler")
                .isNotEmpty();
    }
}
