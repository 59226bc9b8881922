package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.plan.ExpressionLanguage.Analysis;
import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.ExpressionLanguage.Names;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CelExpressionLanguageTest {

    private static final Map<String, VariableType> VARIABLES = new LinkedHashMap<>();

    static {
        VARIABLES.put("path", VariableType.STRING);
        VARIABLES.put("n", VariableType.INTEGER);
        VARIABLES.put("ratio", VariableType.NUMBER);
        VARIABLES.put("on", VariableType.BOOLEAN);
        VARIABLES.put("list", VariableType.LIST);
        VARIABLES.put("map", VariableType.MAP);
        VARIABLES.put("any", VariableType.ANY);
        VARIABLES.put("a-b", VariableType.STRING);
    }

    private static final Names NAMES = new Names(VARIABLES, new TreeSet<>(Set.of("fetch", "a-b", "count")), false);
    private static final Names IN_FOR_EACH = new Names(VARIABLES, NAMES.tasks(), true);

    private final CelExpressionLanguage language = new CelExpressionLanguage();

    @Test
    void an_analysis_names_the_tasks_in_order_of_appearance() {
        Analysis analysis = analyse(
                "tasks.fetch.result.ok && tasks[\"a-b\"].status == \"COMPLETED\" ? tasks.count.result : tasks.fetch.result");

        assertThat(analysis.problems()).isEmpty();
        assertThat(analysis.tasks()).containsExactly("fetch", "a-b", "count");
        assertThat(analysis.item()).isFalse();
        assertThat(analyse("tasks.fetch.result").tasks()).containsExactly("fetch");
        assertThat(analyse("vars.path").tasks()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"item", "item.x", "index", "[1].map(x, x + index)", "item == 1"})
    void an_analysis_says_whether_there_is_an_item(String source) {
        assertThat(language.analyse(source, IN_FOR_EACH, Expected.ANY)).satisfies(analysis -> {
            assertThat(analysis.item()).isTrue();
            assertThat(analysis.problems()).isEmpty();
        });
        assertThat(analyse(source).problems())
                .extracting(Problem::remedy)
                .containsExactly("item and index exist in a task or step with `forEach`");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1].map(item, item)",
                "[1].filter(index, index > 0)",
                "cel.bind(item, 1, item)",
                "[1].map(tasks, tasks + 1)"
            })
    void names_that_an_expression_introduces_are_its_own(String source) {
        assertThat(analyse(source)).isEqualTo(new Analysis(List.of(), false, List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "vars.pth|VARIABLE_UNKNOWN|there is no variable \"pth\"|did you mean \"path\"?",
                "vars.pth + \"x\"|VARIABLE_UNKNOWN|there is no variable \"pth\"|did you mean \"path\"?",
                "vars.zzz|VARIABLE_UNKNOWN|there is no variable \"zzz\"|the variables are \"path\", \"n\", \"ratio\", \"on\", \"list\", \"map\", \"any\", \"a-b\"",
                "1 + vars.nn|VARIABLE_UNKNOWN|at character 5 of the expression: there is no variable \"nn\"|did you mean \"n\"?",
                "tasks.ftech.result|UNKNOWN_TASK|\"ftech\" is not a task of this plan|did you mean \"fetch\"?",
                "tasks.zzz.status|UNKNOWN_TASK|\"zzz\" is not a task of this plan|the tasks are \"a-b\", \"count\", \"fetch\"",
                "tasks.a-b.result|EXPRESSION_INVALID|tasks.a-b is read as a subtraction, because the id holds a -|write tasks[\"a-b\"]",
                "tasks.fetch|EXPRESSION_INVALID|at character 6 of the expression: tasks.fetch has a result and a status|write tasks.fetch.result",
                "tasks.fetch.stdout|EXPRESSION_INVALID|at character 12 of the expression: a task has a result and a status, but no \"stdout\"|write tasks.fetch.result.stdout",
                "tasks[vars.path].result|EXPRESSION_INVALID|at character 6 of the expression: which of the tasks is meant must be known before it runs|write the name itself: tasks[\"name\"]",
                "vars|EXPRESSION_INVALID|vars is no value of its own|say which: vars.name",
                "execution.time|EXPRESSION_INVALID|execution has no \"time\"|it has id, name, version, startedAt",
                "execution.startedat|EXPRESSION_INVALID|execution has no \"startedat\"|did you mean \"startedAt\"?",
                "path|EXPRESSION_INVALID|there is nothing called \"path\"|variables are vars.name, results tasks.id.result; a string stands in quotes",
                "var.path|EXPRESSION_INVALID|\"var\" is a word of CEL's own|use another name",
                "varz.path|EXPRESSION_INVALID|there is nothing called \"varz\"|did you mean vars?",
                "has(vars.path)|EXPRESSION_INVALID|at character 4 of the expression: vars.path is always there|leave has() out",
                "has(tasks.fetch.result)|EXPRESSION_INVALID|at character 4 of the expression: tasks.fetch.result is always there|ask whether it is nothing: tasks.fetch.result != null",
                "has(vars)|EXPRESSION_INVALID|at character 4 of the expression: invalid argument to has() macro|see the expressions in the plan reference",
                "vars.path.length()|EXPRESSION_INVALID|at character 17 of the expression: there is no function \"length\"|use size(x)",
                "vars.path.trimm()|EXPRESSION_INVALID|at character 16 of the expression: there is no function \"trimm\"|did you mean \"trim\"?",
                "frobnicate(1)|EXPRESSION_INVALID|at character 11 of the expression: there is no function \"frobnicate\"|see the functions in the plan reference",
                "vars.path.trim(1)|EXPRESSION_INVALID|at character 15 of the expression: trim takes another number of arguments|see the functions in the plan reference",
                "1u|EXPRESSION_INVALID|there are no unsigned numbers|leave the u out",
                "b\"x\"|EXPRESSION_INVALID|there are no bytes in JSON|write a string: \"…\"",
                "a.B{c: 1}|EXPRESSION_INVALID|at character 4 of the expression: there are no objects with a type|write a map: {\"key\": value}",
                "1 +|EXPRESSION_INVALID|the expression ends too early|close what is open, or finish it",
                "1 + \"a|EXPRESSION_INVALID|at character 5 of the expression: a string has no end|close it; a line break in it is written \\n, inside \"…\" of YAML \\\\n",
                "'a|EXPRESSION_INVALID|a string has no end|close it; a line break in it is written \\n, inside \"…\" of YAML \\\\n",
                "#|EXPRESSION_INVALID|token recognition error at: '#'|see the expressions in the plan reference",
                "(1|EXPRESSION_INVALID|the expression ends too early|close what is open, or finish it",
                "1 2|EXPRESSION_INVALID|at character 3 of the expression: \"2\" is not expected here|strings stand in quotes and are joined with +",
                "vars.path / 2|EXPRESSION_INVALID|at character 11 of the expression: / does not take a string and an integer|convert one of them: string(x), int(x), double(x)",
                "1 + true|EXPRESSION_INVALID|at character 3 of the expression: + does not take an integer and true or false|the two sides must be of the same kind",
                "vars.n == \"5\"|EXPRESSION_INVALID|at character 8 of the expression: == does not take an integer and a string|convert one of them: string(x), int(x), double(x)",
                "1 in vars.path|EXPRESSION_INVALID|at character 3 of the expression: in does not take an integer and a string|convert one of them: string(x), int(x), double(x)",
                "vars.n.trim()|EXPRESSION_INVALID|at character 12 of the expression: trim does not take an integer|see the functions in the plan reference",
                "true ? 1 : \"a\"|EXPRESSION_INVALID|at character 6 of the expression: both values of ? : must be of one kind, not an integer and a string|wrap one of them in dyn(…)",
                "vars.path.x|EXPRESSION_INVALID|at character 10 of the expression: a string has no members|only maps have members",
                "vars.list.x|EXPRESSION_INVALID|at character 10 of the expression: a list has no members|only maps have members",
                "vars.n.map(x, x)|EXPRESSION_INVALID|at character 11 of the expression: an integer has no elements|only lists and maps have elements",
                "vars.list[\"a\"]|EXPRESSION_INVALID|at character 10 of the expression: [ ] does not take a list and a string|the index of a list is an integer, that of a map a string",
                "tasks.fetch.status.x|EXPRESSION_INVALID|at character 19 of the expression: a string has no members|only maps have members",
            })
    void what_is_wrong_is_told_with_its_place_and_what_would_do(
            String source, String code, String message, String remedy) {
        assertThat(analyse(source).problems()).containsExactly(new Problem(code, "", message, remedy));
    }

    @Test
    void all_wrong_names_are_told_at_once() {
        assertThat(analyse("vars.a + tasks.b.result + c").problems())
                .extracting(Problem::code)
                .containsExactlyInAnyOrder("VARIABLE_UNKNOWN", "UNKNOWN_TASK", "EXPRESSION_INVALID");
    }

    @ParameterizedTest
    @CsvSource({
        "vars.on,true,false",
        "vars.any,true,true",
        "vars.any.x,true,true",
        "vars.map.x,true,true",
        "vars.list[0],true,true",
        "vars.list,false,true",
        "vars.map,false,false",
        "vars.path,false,false",
        "vars.n,false,false",
        "vars.ratio,true,true",
        "tasks.fetch.result,true,true",
        "tasks.fetch.result.x,true,true",
        "tasks.fetch.status,false,false",
        "item,true,true",
        "index,false,false",
        "execution.id,false,false",
        "secrets.X,false,false",
        "true,true,false",
        "null,false,false",
        "vars.n > 1,true,false",
        "'vars.path + \"a\"',false,false",
        "'vars.path.split(\",\")',false,true",
        "'[1, 2]',false,true",
        "'vars.list.map(x, x)',false,true",
        "dyn(1),true,true",
        "fromJson(vars.path),true,true",
        "toJson(vars.any),false,false",
        "vars.list.sum(),true,true",
        "'[1, 2].sortBy(x, -x)',false,true",
        "'[1, 2].sortBy(x, -x)[0] > 1',true,false"
    })
    void a_place_that_needs_a_kind_of_value_gets_it(String source, boolean mayBeBoolean, boolean mayBeList) {
        assertThat(language.analyse(source, IN_FOR_EACH, Expected.ANY).problems())
                .isEmpty();
        assertThat(language.analyse(source, IN_FOR_EACH, Expected.BOOLEAN)
                        .problems()
                        .isEmpty())
                .as("boolean")
                .isEqualTo(mayBeBoolean);
        assertThat(language.analyse(source, IN_FOR_EACH, Expected.LIST)
                        .problems()
                        .isEmpty())
                .as("list")
                .isEqualTo(mayBeList);
    }

    @Test
    void what_a_place_needs_is_told() {
        assertThat(language.analyse("vars.n", NAMES, Expected.BOOLEAN).problems())
                .containsExactly(new Problem(
                        "EXPRESSION_INVALID",
                        "",
                        "the expression gives an integer, but true or false is needed here",
                        "compare it with something: … == …"));
        assertThat(language.analyse("vars.path", NAMES, Expected.LIST).problems())
                .containsExactly(new Problem(
                        "EXPRESSION_INVALID",
                        "",
                        "the expression gives a string, but a list is needed here",
                        "make a list: [ … ]"));
    }

    @Test
    void numbers_of_json_may_be_mixed() {
        assertThat(analyse("vars.n + 1.5 - vars.n * 2.0 / 3").problems()).isEmpty();
        assertThat(analyse("vars.n < 1.5 && 1.5 >= vars.n").problems()).isEmpty();
    }

    @Test
    void variables_with_a_dash_have_their_type_too() {
        assertThat(analyse("vars[\"a-b\"].trim() + vars[\"path\"]").problems()).isEmpty();
        assertThat(analyse("[{\"k\": vars[\"a-b\"] + 1}].map(x, vars[\"a-b\"] * 2)")
                        .problems())
                .isNotEmpty();
    }

    @Test
    void sources_beyond_the_limits_are_refused_before_they_are_parsed() {
        CelExpressionLanguage small = new CelExpressionLanguage(new ExpressionLimits(20, 5, 100));

        assertThat(small.analyse("1 + 2 + 3 + 4", NAMES, Expected.ANY).problems())
                .extracting(Problem::code, Problem::message)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(
                        "LIMIT_EXCEEDED", "the expression has at least 6 words and signs; the limit is 5"));
        assertThat(small.analyse("\"" + "x".repeat(30) + "\"", NAMES, Expected.ANY)
                        .problems())
                .extracting(Problem::message)
                .containsExactly("the expression has 32 characters; the limit is 20");
        assertThat(small.analyse("\"a b c d e f\"", NAMES, Expected.ANY).problems())
                .isEmpty();
    }

    @Test
    void lines_count_in_places() {
        assertThat(analyse("1 +\n  vars.nn").problems())
                .extracting(Problem::message)
                .containsExactly("at character 7 of the expression: there is no variable \"nn\"");
        assertThat(analyse("1 +\n  \"a\" * 2").problems())
                .extracting(Problem::message)
                .containsExactly("at character 11 of the expression: * does not take a string and an integer");
    }

    private Analysis analyse(String source) {
        return language.analyse(source, NAMES, Expected.ANY);
    }
}
