package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.format.tree.Node.Scalar;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.format.tree.ProblemSink;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads typed values out of one file's tree. A value that is not as expected is reported and counts
/// as absent, so that the rest of the file is still looked at.
final class Form {

    private final Source source;
    private final ProblemSink problems;
    private boolean broken;

    Form(Source source, ProblemSink problems) {
        this.source = source;
        this.problems = problems;
    }

    ProblemSink problems() {
        return problems;
    }

    void add(Field at, String code, String message, String remedy) {
        problems.add(at.node().at(), at.place(), code, message, remedy);
    }

    /// As [#add], at the character `offset` of a text.
    void addInside(Scalar text, Location place, int offset, String code, String message, String remedy) {
        problems.add(source.inside(text, offset), place, code, message, remedy);
    }

    /// Notes that something is missing which the rest of the plan may speak of: whoever compiles it
    /// now would report consequences, not causes.
    void breakOff() {
        broken = true;
    }

    boolean isBroken() {
        return broken;
    }

    void wrongType(Field field, String wanted, String remedy) {
        String found = field.node() instanceof Scalar scalar && scalar.kind() != Kind.NULL
                ? "%s is %s".formatted(shown(scalar.text(), scalar.kind()), scalar.noun())
                : "this is %s".formatted(field.node().noun());
        add(field, "WRONG_TYPE", "%s, but %s".formatted(found, wanted), remedy);
    }

    private static String shown(String text, Kind kind) {
        return kind == Kind.TEXT ? Quoted.of(text) : Quoted.escaped(text, 40);
    }

    Optional<String> text(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text)) {
            if (kind == Kind.TEXT) {
                return Optional.of(text);
            }
            if (kind != Kind.NULL) {
                wrongType(
                        field, "a string belongs here", "put it in quotes: \"%s\"".formatted(Quoted.escaped(text, 40)));
                return Optional.empty();
            }
        }
        wrongType(field, "a string belongs here", "write a string, or leave the key out");
        return Optional.empty();
    }

    /// As [#text], but without it the plan cannot be compiled.
    Optional<String> vitalText(Field field) {
        Optional<String> text = text(field);
        broken |= text.isEmpty();
        return text;
    }

    OptionalInt wholeNumber(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text) && kind == Kind.INTEGER) {
            try {
                return OptionalInt.of(Integer.parseInt(text));
            } catch (NumberFormatException _) {
                add(
                        field,
                        "INVALID_VALUE",
                        "%s is too large".formatted(Quoted.escaped(text, 40)),
                        "write a smaller number");
                return OptionalInt.empty();
            }
        }
        wrongType(field, "an integer belongs here", "write a number such as 3");
        return OptionalInt.empty();
    }

    OptionalDouble number(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text)
                && (kind == Kind.INTEGER || kind == Kind.DECIMAL)) {
            return OptionalDouble.of(Double.parseDouble(text));
        }
        wrongType(field, "a number belongs here", "write a number such as 1.5");
        return OptionalDouble.empty();
    }

    Optional<Boolean> trueOrFalse(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text) && kind == Kind.BOOLEAN) {
            return Optional.of(Boolean.valueOf(text));
        }
        wrongType(field, "true or false belongs here", "write true or false, without quotes");
        return Optional.empty();
    }

    Optional<Duration> duration(Field field) {
        if (!(field.node() instanceof Scalar(Position _, Kind kind, String text))) {
            wrongType(field, "a duration belongs here", "write it like 30s, 5m or 1h30m");
            return Optional.empty();
        }
        Optional<Duration> duration = kind == Kind.TEXT ? DurationText.parse(text) : Optional.empty();
        if (duration.isEmpty()) {
            boolean bare = kind == Kind.INTEGER || kind == Kind.DECIMAL;
            String message = "%s is not a duration".formatted(shown(text, kind));
            String remedy = bare
                    ? "say the unit: %ss, or %sms".formatted(Quoted.escaped(text, 20), Quoted.escaped(text, 20))
                    : "write it like 250ms, 30s, 5m, 1h30m or 2d";
            add(field, "INVALID_DURATION", message, remedy);
        }
        return duration;
    }

    /// A list of texts; one text alone counts as a list of one.
    List<String> texts(Field field) {
        if (field.node() instanceof Scalar(Position _, Kind kind, String text) && kind == Kind.TEXT) {
            return List.of(text);
        }
        List<String> texts = new ArrayList<>();
        items(field, "a list of strings belongs here")
                .forEach(item -> text(item).ifPresent(texts::add));
        return texts;
    }

    /// The items of a list; none, and reported, if it is not a list.
    List<Field> items(Field field, String wanted) {
        if (!(field.node() instanceof Node.Sequence(Position _, List<Node> nodes))) {
            wrongType(field, wanted, "write a list");
            return List.of();
        }
        List<Field> items = new ArrayList<>(nodes.size());
        for (int i = 0; i < nodes.size(); i++) {
            items.add(field.item(i, nodes.get(i)));
        }
        return items;
    }

    /// As [#items], but without them the plan cannot be compiled.
    List<Field> vitalItems(Field field, String wanted) {
        broken |= !(field.node() instanceof Node.Sequence);
        return items(field, wanted);
    }

    /// One of a few words.
    <T> Optional<T> oneOf(Map<String, T> words, Field field) {
        Optional<String> word = text(field);
        if (word.isPresent() && !words.containsKey(word.get())) {
            String choices = String.join(", ", words.keySet());
            Optional<String> meant = DidYouMean.closest(word.get(), words.keySet());
            String remedy = meant.map(w -> "did you mean %s? One of %s".formatted(w, choices))
                    .orElse("one of " + choices);
            add(field, "INVALID_VALUE", "%s is not known here".formatted(Quoted.of(word.get())), remedy);
        }
        return word.flatMap(w -> Optional.ofNullable(words.get(w)));
    }
}
