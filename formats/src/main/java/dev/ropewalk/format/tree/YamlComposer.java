package dev.ropewalk.format.tree;

import dev.ropewalk.format.tree.Node.Entry;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Mapping;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Node.Sequence;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Composes the tree of one YAML document from the events of the parser.
///
/// It takes a part of YAML 1.2: no tags (so nothing is ever constructed), text keys without duplicates,
/// no merge keys, one document. Aliases share the node they name; what they would expand to is counted
/// and bounded, or a file of 500 bytes could stand for a billion values. The parser is pulled event by
/// event, so a limit stops the reading where it is passed.
final class YamlComposer {

    /// Thrown once a limit is passed and reported: there is no use in reading on.
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stop() {
            super(null, null, false, false);
        }
    }

    /// @param weight how many characters and values it stands for, written out
    /// @param height how many levels of lists and maps it has
    private record Anchored(Node node, long weight, int height) {}

    private final TreeLimits limits;
    private final ProblemSink problems;
    private final ScalarRules rules;
    private final ParserImpl parser;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private int aliases;
    private int values;
    private long weight;
    /// How many levels the node composed last has.
    private int height;

    private YamlComposer(String text, TreeLimits limits, ProblemSink problems) {
        this.limits = limits;
        this.problems = problems;
        this.rules = new ScalarRules(limits, problems);
        LoadSettings settings = LoadSettings.builder()
                .setCodePointLimit(limits.yamlBytes() + 1)
                .setParseComments(false)
                .build();
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    /// The document's tree, or empty if it could not be read to its end. Either may have problems.
    static Optional<Node> compose(String text, TreeLimits limits, ProblemSink problems) {
        try {
            return new YamlComposer(text, limits, problems).document();
        } catch (Stop _) {
            return Optional.empty();
        } catch (MarkedYamlEngineException e) {
            YamlSyntax.report(e, problems);
            return Optional.empty();
        } catch (ReaderException e) {
            YamlSyntax.report(e, text, problems);
            return Optional.empty();
        }
    }

    private Optional<Node> document() {
        parser.next();
        if (!parser.checkEvent(Event.ID.DocumentStart)) {
            problems.add(
                    Position.START,
                    Location.ROOT,
                    "EMPTY_PLAN",
                    "there is nothing in this file",
                    "write at least a name and steps");
            return Optional.empty();
        }
        DocumentStartEvent start = (DocumentStartEvent) parser.next();
        if (!start.getTags().isEmpty()) {
            refuseTag(start, Location.ROOT);
        }
        Node root = node(Location.ROOT, 0);
        parser.next();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            problems.add(
                    YamlSyntax.start(parser.peekEvent()),
                    Location.ROOT,
                    "UNSUPPORTED",
                    "a second document begins here",
                    "keep one plan in a file; a sub-plan is named with `plan: other.yaml`");
        }
        return Optional.of(root);
    }

    private Node node(Location place, int depth) {
        NodeEvent event = (NodeEvent) parser.next();
        if (event instanceof AliasEvent alias) {
            return aliased(alias, place, depth);
        }
        if (++values > limits.values()) {
            throw stop(
                    YamlSyntax.start(event), place, "more than %d values".formatted(limits.values()), "split the plan");
        }
        long before = weight;
        Node node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, place);
            case CollectionStartEvent collection -> collection(collection, place, depth + 1);
            default -> throw new IllegalStateException("not the start of a value: " + event);
        };
        event.getAnchor().ifPresent(name -> anchors.put(name.getValue(), new Anchored(node, weight - before, height)));
        return node;
    }

    private Node aliased(AliasEvent event, Location place, int depth) {
        String name = event.getAlias().getValue();
        Position at = YamlSyntax.start(event);
        if (++aliases > limits.yamlAliases()) {
            throw stop(at, place, "more than %d aliases".formatted(limits.yamlAliases()), "write the values out");
        }
        Anchored anchored = anchors.get(name);
        if (anchored == null) {
            String message = "no anchor %s is complete before this alias".formatted(Quoted.of("&" + name));
            problems.add(at, place, "INVALID_YAML", message, "put the anchor first; a value cannot hold itself");
            height = 0;
            return new Scalar(at, Kind.NULL, "null");
        }
        height = anchored.height();
        checkDepth(depth + height, at);
        grow(anchored.weight(), at, place);
        return anchored.node();
    }

    private Node scalar(ScalarEvent event, Location place) {
        Position at = YamlSyntax.start(event);
        if (event.getTag().isPresent()) {
            refuseTag(event, place);
        }
        String text = event.getValue();
        Scalar scalar = event.isPlain() ? CoreSchema.resolve(at, text) : new Scalar(at, Kind.TEXT, text);
        if (event.isPlain() && CoreSchema.isNotFinite(text)) {
            String message = "%s is not a number that a plan can hold".formatted(text);
            problems.add(at, place, "WRONG_TYPE", message, "write it as a string in quotes");
        }
        rules.check(scalar, place);
        height = 0;
        grow(1L + text.length(), at, place);
        return scalar;
    }

    private Node collection(CollectionStartEvent event, Location place, int depth) {
        Position at = YamlSyntax.start(event);
        checkDepth(depth, at);
        if (event.getTag().isPresent()) {
            refuseTag(event, place);
        }
        grow(1, at, place);
        return event.getEventId() == Event.ID.SequenceStart ? sequence(at, place, depth) : mapping(at, place, depth);
    }

    private Node sequence(Position at, Location place, int depth) {
        List<Node> items = new ArrayList<>();
        int tallest = 0;
        while (!parser.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(place.index(items.size()), depth));
            tallest = Math.max(tallest, height);
        }
        parser.next();
        height = tallest + 1;
        return new Sequence(at, items);
    }

    private Node mapping(Position at, Location place, int depth) {
        List<Entry> entries = new ArrayList<>();
        Map<String, Position> keys = new HashMap<>();
        int tallest = 0;
        while (!parser.checkEvent(Event.ID.MappingEnd)) {
            Optional<Entry> entry = entry(place, depth, keys);
            entry.ifPresent(entries::add);
            tallest = Math.max(tallest, height);
        }
        parser.next();
        height = tallest + 1;
        return new Mapping(at, entries);
    }

    private Optional<Entry> entry(Location place, int depth, Map<String, Position> keys) {
        if (!parser.checkEvent(Event.ID.Scalar)) {
            Position at = YamlSyntax.start(parser.peekEvent());
            problems.add(at, place, "WRONG_TYPE", "a key must be a string", "write a word, or a string in quotes");
            node(place, depth);
            node(place, depth);
            return Optional.empty();
        }
        ScalarEvent event = (ScalarEvent) parser.peekEvent();
        String key = event.getValue();
        boolean plain = event.isPlain();
        Position at = YamlSyntax.start(event);
        Location here = place.key(key);
        Node written = node(here, depth);
        boolean kept = isGoodKey(plain, written, key, at, place) && DuplicateKeys.isNew(key, at, keys, here, problems);
        Node value = node(here, depth);
        return kept ? Optional.of(new Entry(at, key, value)) : Optional.empty();
    }

    private boolean isGoodKey(boolean plain, Node written, String key, Position at, Location place) {
        if (plain && key.equals("<<")) {
            problems.add(
                    at, place, "UNSUPPORTED", "merge keys (<<) are not read", "write the keys out, or use `defaults`");
            return false;
        }
        if (written instanceof Scalar scalar && scalar.kind() != Kind.TEXT) {
            String message = "the key %s is %s; keys are strings".formatted(Quoted.escaped(key, 40), scalar.noun());
            problems.add(
                    at, place, "WRONG_TYPE", message, "put it in quotes: \"%s\"".formatted(Quoted.escaped(key, 40)));
            return false;
        }
        return true;
    }

    private void checkDepth(int depth, Position at) {
        if (depth > limits.yamlDepth()) {
            throw stop(
                    at,
                    Location.ROOT,
                    "lists and maps are nested deeper than %d levels".formatted(limits.yamlDepth()),
                    "flatten the value");
        }
    }

    private void grow(long by, Position at, Location place) {
        weight += by;
        if (weight > limits.yamlBytes()) {
            String message = "aliases expand this file to more than %d characters".formatted(limits.yamlBytes());
            throw stop(at, place, message, "use fewer aliases, or smaller anchors");
        }
    }

    private Stop stop(Position at, Location place, String message, String remedy) {
        problems.add(at, place, "LIMIT_EXCEEDED", message, remedy);
        return new Stop();
    }

    private void refuseTag(Event event, Location place) {
        problems.add(YamlSyntax.start(event), place, "UNSUPPORTED", "tags (!) are not read", "leave the tag out");
    }
}
