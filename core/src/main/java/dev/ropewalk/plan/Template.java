package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;

/// A value that may hold expressions, as the author wrote it. It is evaluated once, part by part:
/// what an expression returns is a value and never looked through for further expressions.
public sealed interface Template {

    /// A value without expressions.
    record Literal(Payload value) implements Template {
        public Literal {
            Objects.requireNonNull(value, "value");
        }
    }

    /// An expression whose value keeps its type; `source` is the text between `${` and `}`.
    record Expression(String source) implements Template {
        public Expression {
            Objects.requireNonNull(source, "source");
        }
    }

    /// The result of a task, by its id in the workflow that holds the template; needs no expression
    /// language.
    record ResultOf(String task) implements Template {
        public ResultOf {
            Objects.requireNonNull(task, "task");
        }
    }

    /// Text with expressions in it: the parts' texts one after the other. A literal part is a JSON
    /// string.
    record Text(List<Template> parts) implements Template {
        public Text {
            parts = List.copyOf(parts);
        }
    }

    /// A list of which at least one item is not literal.
    record Sequence(List<Template> items) implements Template {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    /// A map of which at least one value is not literal; entries in the order written.
    record Mapping(List<Entry> entries) implements Template {
        public Mapping {
            entries = List.copyOf(entries);
        }
    }

    /// One entry of a [Mapping].
    record Entry(String key, Template value) {
        public Entry {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    Template NULL = new Literal(Payload.NULL);
    Template EMPTY_OBJECT = new Literal(Payload.EMPTY_OBJECT);
}
