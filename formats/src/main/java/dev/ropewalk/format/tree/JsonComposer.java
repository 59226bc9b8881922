package dev.ropewalk.format.tree;

import dev.ropewalk.format.tree.Node.Entry;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Mapping;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Node.Sequence;
import dev.ropewalk.plan.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/// Composes the tree of a strict JSON document (RFC 8259): no comments, no trailing commas, nothing
/// after the value, no key twice.
final class JsonComposer {

    private final ProblemSink problems;
    private final ScalarRules rules;
    private final JsonParser parser;

    private JsonComposer(JsonParser parser, TreeLimits limits, ProblemSink problems) {
        this.parser = parser;
        this.problems = problems;
        this.rules = new ScalarRules(limits, problems);
    }

    /// The document's tree, or empty if it could not be read to its end. Either may have problems.
    static Optional<Node> compose(String text, TreeLimits limits, ProblemSink problems) {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.jsonDepth())
                        .maxNumberLength(limits.numberLength())
                        .maxStringLength(limits.jsonBytes())
                        .maxNameLength(limits.jsonBytes())
                        .maxDocumentLength(limits.jsonBytes())
                        .maxTokenCount(4L * limits.values())
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
            return new JsonComposer(parser, limits, problems).document();
        } catch (JacksonException e) {
            JsonSyntax.report(e, problems);
            return Optional.empty();
        }
    }

    private Optional<Node> document() {
        if (parser.nextToken() == null) {
            problems.add(
                    Position.START,
                    Location.ROOT,
                    "EMPTY_PLAN",
                    "there is nothing in this file",
                    "write at least a name and steps");
            return Optional.empty();
        }
        Node root = node(Location.ROOT);
        if (parser.nextToken() != null) {
            problems.add(
                    here(),
                    Location.ROOT,
                    "INVALID_JSON",
                    "something follows the end of the plan",
                    "keep one value in a file");
        }
        return Optional.of(root);
    }

    private Node node(Location place) {
        return switch (parser.currentToken()) {
            case START_OBJECT -> mapping(place);
            case START_ARRAY -> sequence(place);
            case VALUE_STRING -> scalar(Kind.TEXT, parser.getString(), place);
            case VALUE_NUMBER_INT -> scalar(Kind.INTEGER, parser.getString(), place);
            case VALUE_NUMBER_FLOAT -> scalar(Kind.DECIMAL, parser.getString(), place);
            case VALUE_TRUE -> scalar(Kind.BOOLEAN, "true", place);
            case VALUE_FALSE -> scalar(Kind.BOOLEAN, "false", place);
            default -> scalar(Kind.NULL, "null", place);
        };
    }

    private Node scalar(Kind kind, String text, Location place) {
        Scalar scalar = new Scalar(here(), kind, text);
        rules.check(scalar, place);
        return scalar;
    }

    private Node sequence(Location place) {
        Position at = here();
        List<Node> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(node(place.index(items.size())));
        }
        return new Sequence(at, items);
    }

    private Node mapping(Location place) {
        Position at = here();
        List<Entry> entries = new ArrayList<>();
        Map<String, Position> keys = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position keyAt = here();
            Location child = place.key(key);
            rules.checkText(keyAt, key, child);
            boolean kept = DuplicateKeys.isNew(key, keyAt, keys, child, problems);
            parser.nextToken();
            Node value = node(child);
            if (kept) {
                entries.add(new Entry(keyAt, key, value));
            }
        }
        return new Mapping(at, entries);
    }

    private Position here() {
        TokenStreamLocation location = parser.currentTokenLocation();
        return new Position(Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
    }
}
