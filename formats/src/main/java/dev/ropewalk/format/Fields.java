package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entries of a map of a certain shape. Keys that the shape does not have are reported. One that
/// is only misspelt is then read as what was meant, so that what stands behind it is checked too and
/// nobody is told of the consequences of a slip.
final class Fields {

    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final Field map;
    private final Shape shape;
    private final Form form;

    private Fields(Field map, Shape shape, Form form) {
        this.map = map;
        this.shape = shape;
        this.form = form;
    }

    /// Empty, and reported, if `field` is not a map.
    static Optional<Fields> of(Field field, Shape shape, Form form) {
        if (!(field.node() instanceof Node.Mapping mapping)) {
            String keys = String.join(", ", shape.keys());
            form.wrongType(field, "%s is a map".formatted(shape.noun()), "write it as a map with the keys " + keys);
            return Optional.empty();
        }
        Fields fields = new Fields(field, shape, form);
        mapping.entries().stream().filter(e -> shape.keys().contains(e.key())).forEach(e -> fields.put(e, e.key()));
        mapping.entries().stream().filter(e -> !shape.keys().contains(e.key())).forEach(fields::refuse);
        return Optional.of(fields);
    }

    Optional<Field> find(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    boolean has(String key) {
        return fields.containsKey(key);
    }

    /// As [#find], but reported if it is missing.
    Optional<Field> require(String key, String remedy) {
        Field field = fields.get(key);
        if (field == null) {
            form.add(map, "MISSING_KEY", "%s needs %s".formatted(shape.noun(), Quoted.of(key)), remedy);
        }
        return Optional.ofNullable(field);
    }

    /// As [#require], but without it the plan cannot be compiled.
    Optional<Field> vital(String key, String remedy) {
        Optional<Field> field = require(key, remedy);
        if (field.isEmpty()) {
            form.breakOff();
        }
        return field;
    }

    private void put(Node.Entry entry, String key) {
        fields.put(key, new Field(entry.value(), map.place().key(entry.key())));
    }

    private void refuse(Node.Entry entry) {
        String key = entry.key();
        Location place = map.place().key(key);
        String instead = shape.unbuilt().get(key);
        if (instead != null) {
            String message = "%s of %s is not built yet".formatted(Quoted.of(key), shape.noun());
            form.problems().add(entry.keyAt(), place, "UNSUPPORTED", message, instead);
            return;
        }
        String meant = meant(key);
        String remedy = meant == null
                ? "%s has the keys %s".formatted(shape.noun(), String.join(", ", shape.keys()))
                : "did you mean %s?".formatted(Quoted.of(meant));
        String message = "%s has no key %s".formatted(shape.noun(), Quoted.of(key));
        form.problems().add(entry.keyAt(), place, "UNKNOWN_KEY", message, remedy);
        if (meant != null && !fields.containsKey(meant)) {
            put(entry, meant);
        }
    }

    private @Nullable String meant(String key) {
        String other = shape.others().get(key);
        return other == null ? DidYouMean.closest(key, shape.keys()).orElse(null) : other;
    }
}
