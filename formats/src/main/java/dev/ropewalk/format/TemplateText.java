package dev.ropewalk.format;

import dev.ropewalk.format.cel.Lexis;
import dev.ropewalk.plan.Template;
import java.util.ArrayList;
import java.util.List;

/// Takes a text apart into what is literal and what is an expression.
///
/// `${ … }` is an expression; `$${` stands for the characters `${`. The end of an expression is the
/// brace that closes it, seen with the eyes of CEL: braces of maps are counted, those in strings and
/// comments are not.
final class TemplateText {

    /// Thrown at an expression that nothing closes.
    static final class Unterminated extends Exception {
        private static final long serialVersionUID = 1L;

        /// Where its `${` stands in the text.
        final int offset;

        Unterminated(int offset) {
            super("unterminated", null, false, false);
            this.offset = offset;
        }
    }

    private final String text;
    private final List<Template> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private TemplateText(String text) {
        this.text = text;
    }

    /// An expression if the text is one and nothing else, so that its value keeps its type.
    static PlanValue parse(String text) throws Unterminated {
        return text.contains("${") ? new TemplateText(text).value() : new PlanValue.Constant(text);
    }

    private PlanValue value() throws Unterminated {
        int at = 0;
        while (at < text.length()) {
            int dollar = text.indexOf("${", at);
            if (dollar < 0) {
                break;
            }
            if (dollar > at && text.charAt(dollar - 1) == '$') {
                literal.append(text, at, dollar - 1).append("${");
                at = dollar + 2;
            } else {
                int end = end(dollar);
                literal.append(text, at, dollar);
                flush();
                parts.add(
                        new Template.Expression(text.substring(dollar + 2, end).strip()));
                at = end + 1;
            }
        }
        literal.append(text, at, text.length());
        if (parts.isEmpty()) {
            return new PlanValue.Constant(literal.toString());
        }
        flush();
        return new PlanValue.Dynamic(parts.size() == 1 ? parts.getFirst() : new Template.Text(parts));
    }

    private void flush() {
        if (!literal.isEmpty()) {
            parts.add(new Template.Literal(NodeJson.payload(literal.toString())));
            literal.setLength(0);
        }
    }

    /// The place of the brace that closes the expression at `dollar`.
    private int end(int dollar) throws Unterminated {
        int depth = 0;
        int at = dollar + 2;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"' || c == '\'') {
                at = Lexis.stringEnd(text, at);
            } else if (c == '/' && text.startsWith("//", at)) {
                int line = text.indexOf('\n', at);
                at = line < 0 ? text.length() : line;
            } else if (c == '}' && depth == 0) {
                return at;
            } else {
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                at++;
            }
        }
        throw new Unterminated(dollar);
    }
}
