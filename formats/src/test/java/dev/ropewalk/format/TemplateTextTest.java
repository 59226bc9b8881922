package dev.ropewalk.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.format.TemplateText.Unterminated;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.Template;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TemplateTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "$", "{}", "$ {x}", "}", "a $5 b", "$$", "#{x}", "{{x}}", "$(x)"})
    void a_string_without_an_expression_is_itself(String text) throws Unterminated {
        assertThat(TemplateText.parse(text)).isEqualTo(new PlanValue.Constant(text));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "$${x}|${x}",
                "a $${x} b $${y}|a ${x} b ${y}",
                "$$${x}|$${x}",
                "$${|${",
            })
    void two_dollars_stand_for_one_that_begins_no_expression(String text, String value) throws Unterminated {
        assertThat(TemplateText.parse(text)).isEqualTo(new PlanValue.Constant(value));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "${x}|x",
                "${ x.y }|x.y",
                "${{\"a\": 1}.a}|{\"a\": 1}.a",
                "${\"}\"}|\"}\"",
                "${'}' + \"\\\"}\"}|'}' + \"\\\"}\"",
                "${'''a'}'''}|'''a'}'''",
                "${r\"\\\"}|r\"\\\"",
                "${xr\"\\\"}\"}|xr\"\\\"}\"",
                "${[1, 2].map(x, {\"n\": x})}|[1, 2].map(x, {\"n\": x})",
                "${\"${y}\"}|\"${y}\"",
            })
    void an_expression_alone_stays_an_expression(String text, String source) throws Unterminated {
        assertThat(TemplateText.parse(text)).isEqualTo(new PlanValue.Dynamic(new Template.Expression(source)));
    }

    @Test
    void comments_and_lines_belong_to_the_expression() throws Unterminated {
        assertThat(TemplateText.parse("${a // not the end }\n + b}"))
                .isEqualTo(new PlanValue.Dynamic(new Template.Expression("a // not the end }\n + b")));
    }

    @Test
    void strings_and_expressions_may_alternate() throws Unterminated {
        assertThat(TemplateText.parse("a ${x}${y} b $${z}"))
                .isEqualTo(new PlanValue.Dynamic(new Template.Text(parts(
                        string("a "), new Template.Expression("x"), new Template.Expression("y"), string(" b ${z}")))));
        assertThat(TemplateText.parse(" ${x}"))
                .isEqualTo(new PlanValue.Dynamic(new Template.Text(parts(string(" "), new Template.Expression("x")))));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"${|0", "a ${x|2", "ab ${x} ${ {} |8", "${\"}|0", "${a // }|0", "${'''}'}|0"})
    void an_expression_without_end_is_refused_with_its_place(String text, int offset) {
        assertThatThrownBy(() -> TemplateText.parse(text))
                .isInstanceOfSatisfying(
                        Unterminated.class, e -> assertThat(e.offset).isEqualTo(offset));
    }

    private static List<Template> parts(Template... parts) {
        return Arrays.asList(parts);
    }

    private static Template string(String text) {
        return new Template.Literal(Payload.json('"' + text + '"'));
    }
}
