package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the small parser takes, it reads as CEL's own does.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ChainParserTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vars.path",
                "vars[\"a-b\"]",
                "vars['a b'].c",
                "vars.a.b.c",
                "vars.a[0]",
                "vars.a[10].b[\"c\"]",
                "vars.a['x\"y']",
                "vars._a.B_1",
                "tasks.fetch.result",
                "tasks.fetch.status",
                "tasks.fetch.result.stdout",
                "tasks[\"a-b\"].result[0].x",
                "tasks['a-b'].status",
                "item",
                "item.name",
                "item[0][1]",
                "item[\"k\"]",
                "index",
                "execution.id",
                "execution[\"id\"]",
                "secrets.TOKEN",
                "true",
                "false",
                "null",
                "vars.for",
                "vars.package.import",
                "item.ünïcode"
            })
    void chains_are_read_as_cel_reads_them(String source) {
        Optional<Expr> chain = ChainParser.parse(source);
        Parsed parsed = FrontEnd.parse(source).parsed();

        if (chain.isPresent()) {
            assertThat(parsed.complaints()).isEmpty();
            assertThat(chain.get()).isEqualTo(parsed.program().root());
            assertThat(Parsed.ofChain(chain.get()).references())
                    .extracting(Parsed.Mention::reference)
                    .isEqualTo(parsed.references().stream()
                            .map(Parsed.Mention::reference)
                            .toList());
        } else {
            assertThat(source).isEqualTo("item.ünïcode");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "vars",
                "tasks",
                "tasks.fetch",
                "tasks.fetch.output",
                "tasks.fetch[\"result\"]",
                "execution",
                "secrets",
                "vars.",
                "vars..a",
                "vars.a.",
                "vars.1a",
                "vars.in",
                "vars.true",
                "vars.null.a",
                "vars.a b",
                " vars.a",
                "vars.a ",
                "vars .a",
                "vars.a[",
                "vars.a[]",
                "vars.a[-1]",
                "vars.a[01]",
                "vars.a[1.0]",
                "vars.a[1u]",
                "vars.a[1234567890]",
                "vars.a[b]",
                "vars.a[\"\"]",
                "vars.a[\"\\n\"]",
                "vars.a[\"b]",
                "vars.a[\"b\"",
                "vars.a[r\"b\"]",
                "vars.a()",
                "vars.a-b",
                "vars.a + 1",
                "foo",
                "foo.bar",
                "1",
                "\"a\"",
                "trueish",
                "true.a",
                "!true",
                "[1]",
                "{}",
                ".vars.a",
                "vars.a?b:c",
                "vars.`a`"
            })
    void all_else_is_left_to_cel(String source) {
        assertThat(ChainParser.parse(source)).isEmpty();
    }

    @Test
    void very_long_chains_are_left_to_cel_too() {
        assertThat(ChainParser.parse("item" + ".a".repeat(50))).isPresent();
        assertThat(ChainParser.parse("item" + ".a".repeat(51))).isEmpty();
    }

    @Test
    void chains_show_themselves_as_they_are_written() {
        for (String source : new String[] {
            "vars.a.b[0][\"c d\"]",
            "tasks[\"a-b\"].result.x",
            "tasks.a.status",
            "item.x",
            "index",
            "execution.id",
            "secrets.T"
        }) {
            assertThat(ChainParser.parse(source).orElseThrow().shown()).isEqualTo(source);
        }
    }
}
