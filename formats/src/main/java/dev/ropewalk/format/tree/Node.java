package dev.ropewalk.format.tree;

import java.util.List;

/// A value of a plan file and where it begins.
public sealed interface Node {

    Position at();

    /// What people call a value of this kind: `text`, `a list` …
    String noun();

    /// A value without parts. `text` is the string itself, or for other kinds the JSON form.
    record Scalar(Position at, Kind kind, String text) implements Node {
        @Override
        public String noun() {
            return kind.noun;
        }
    }

    record Sequence(Position at, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /// Entries in the order written; no key occurs twice.
    record Mapping(Position at, List<Entry> entries) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String noun() {
            return "a map";
        }
    }

    /// @param keyAt where the key stands
    record Entry(Position keyAt, String key, Node value) {}

    enum Kind {
        TEXT("a string"),
        INTEGER("an integer"),
        DECIMAL("a number"),
        BOOLEAN("true or false"),
        NULL("nothing");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }
    }
}
