package dev.ropewalk.plan;

import static dev.ropewalk.plan.Workflows.step;
import static dev.ropewalk.plan.Workflows.task;
import static dev.ropewalk.plan.Workflows.withVariables;
import static dev.ropewalk.plan.Workflows.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.Workflow.Variable;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class VariablesTest {

    @Test
    void values_are_bound_in_the_order_declared() {
        Compilation compilation = compile(
                Map.of("a", Payload.json("1"), "c", Payload.json("[2]")),
                variable("c", VariableType.LIST),
                new Variable("b", VariableType.STRING, Optional.of(Payload.json("\"x\"")), ""),
                variable("a", VariableType.INTEGER));

        assertThat(((Compilation.Compiled) compilation)
                        .plan()
                        .scopes()
                        .getFirst()
                        .variables())
                .extracting(Template.Entry::key)
                .containsExactly("c", "b", "a");
    }

    @Test
    void what_is_missing_unknown_or_of_another_type_is_reported() {
        assertThat(texts(compile(
                        Map.of("cuont", Payload.json("1"), "names", Payload.json("\"a,b\""), "zzz", Payload.json("1")),
                        variable("count", VariableType.INTEGER),
                        variable("names", VariableType.LIST))))
                .containsExactly(
                        "variables.cuont: there is no variable \"cuont\"; did you mean \"count\"?",
                        "variables.names: \"a,b\" is a string, but the variable \"names\" takes a list; give it a list, or"
                                + " change its type",
                        "variables.zzz: there is no variable \"zzz\"; the variables are \"count\", \"names\"",
                        "variables.count: the variable \"count\" is required and was given no value; give it an integer, or"
                                + " declare a default");
        assertThat(texts(compile(Map.of("x", Payload.json("1")))))
                .containsExactly("variables.x: there is no variable \"x\"; the workflow declares no variables");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
                    STRING  | "x"    | true
                    STRING  | 1      | false
                    STRING  | null   | false
                    INTEGER | -12    | true
                    INTEGER | 1.0    | false
                    INTEGER | 1e3    | false
                    INTEGER | 1E3    | false
                    INTEGER | "1"    | false
                    NUMBER  | 1.5    | true
                    NUMBER  | 7      | true
                    NUMBER  | true   | false
                    BOOLEAN | true   | true
                    BOOLEAN | false  | true
                    BOOLEAN | 0      | false
                    LIST    | [1]    | true
                    LIST    | {}     | false
                    MAP     | {}     | true
                    MAP     | []     | false
                    ANY     | null   | true
                    ANY     | "x"    | true
                    ANY     | oops   | false
                    ANY     | '   '  | false
                    """)
    void a_value_suits_its_type(VariableType type, String json, boolean suits) {
        List<Problem> problems = compile(Map.of("v", Payload.json(" \n\r\t" + json)), variable("v", type))
                .problems();

        assertThat(problems.isEmpty()).isEqualTo(suits);
        assertThat(problems).allMatch(problem -> problem.code().equals("VARIABLE_TYPE"));
    }

    @Test
    void a_default_must_suit_as_well() {
        assertThat(texts(compile(
                        Map.of(), new Variable("v", VariableType.INTEGER, Optional.of(Payload.json("{}")), ""))))
                .containsExactly("variables.v.default: {} is a map, but the variable \"v\" takes an integer; give it an"
                        + " integer, or change its type");
    }

    @Test
    void a_long_value_is_cut_and_a_value_of_another_content_type_only_named() {
        Payload blob = Payload.of(new byte[3], "image/png");
        assertThat(texts(compile(
                        Map.of("a", Payload.json("\"" + "x".repeat(1_000_000) + "\""), "b", blob),
                        variable("a", VariableType.BOOLEAN),
                        variable("b", VariableType.STRING))))
                .containsExactly(
                        "variables.a: \"" + "x".repeat(39)
                                + "… is a string, but the variable \"a\" takes true or false; give it true or false, or"
                                + " change its type",
                        "variables.b: the value of \"b\" is not JSON: image/png (3 bytes); give it a string in JSON");
    }

    @Test
    void names_are_checked_like_ids() {
        assertThat(compile(
                                Map.of("a b", Payload.json("1")),
                                variable("a b", VariableType.ANY),
                                variable("x", VariableType.ANY),
                                variable("x", VariableType.ANY))
                        .problems())
                .extracting(problem -> problem.code() + " " + problem.path())
                .containsExactly(
                        "INVALID_ID variables[\"a b\"]", "DUPLICATE_ID variables.x", "VARIABLE_MISSING variables.x");
    }

    private static Variable variable(String name, VariableType type) {
        return new Variable(name, type, Optional.empty(), "");
    }

    private static Compilation compile(Map<String, Payload> given, Variable... variables) {
        return PlanCompiler.compile(
                withVariables(workflow(step("main", task("t"))), variables),
                given,
                PlanLimits.DEFAULT,
                new WordLanguage());
    }

    private static List<String> texts(Compilation compilation) {
        return compilation.problems().stream().map(Problem::text).toList();
    }
}
