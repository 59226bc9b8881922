package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.Quoted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads `after`, a list of ids, and `dependencies`, where each may also be a map that names a type and
/// a lag. Only a finish before a start without a lag is built, which is what `after` says.
final class DependenciesForm {

    private static final String FINISH_TO_START = "FINISH_TO_START";
    private static final List<String> TYPES =
            List.of(FINISH_TO_START, "START_TO_START", "FINISH_TO_FINISH", "START_TO_FINISH");

    private final Form form;

    DependenciesForm(Form form) {
        this.form = form;
    }

    List<String> read(Fields fields) {
        List<String> ids = new ArrayList<>();
        fields.find("after").ifPresent(field -> ids.addAll(form.texts(field)));
        fields.find("dependencies").ifPresent(field -> {
            if (fields.has("after")) {
                form.add(
                        field,
                        "INVALID_VALUE",
                        "`after` and `dependencies` say the same",
                        "write all ids under `after`");
            }
            for (Field item : form.items(field, "a list of dependencies belongs here")) {
                dependency(item).ifPresent(ids::add);
            }
        });
        return ids;
    }

    private Optional<String> dependency(Field field) {
        if (!(field.node() instanceof Node.Mapping)) {
            return form.text(field);
        }
        Optional<Fields> fields = Fields.of(field, Shapes.DEPENDENCY, form);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        fields.get().find("type").ifPresent(this::checkType);
        fields.get().find("lag").ifPresent(this::checkLag);
        return fields.get()
                .require("task", "name the task that must have ended")
                .flatMap(form::text);
    }

    private void checkType(Field field) {
        Optional<String> type = form.text(field);
        if (type.isEmpty() || type.get().equals(FINISH_TO_START)) {
            return;
        }
        if (TYPES.contains(type.get())) {
            String message = "the dependency type %s is not built yet".formatted(type.get());
            form.add(field, "UNSUPPORTED", message, "use FINISH_TO_START, or leave `type` out");
        } else {
            String message = "%s is not a dependency type".formatted(Quoted.of(type.get()));
            form.add(field, "INVALID_VALUE", message, "use FINISH_TO_START, or leave `type` out");
        }
    }

    private void checkLag(Field field) {
        Optional<Duration> lag = form.duration(field);
        if (lag.isPresent() && !lag.get().isZero()) {
            form.add(field, "UNSUPPORTED", "a lag is not built yet", "leave `lag` out");
        }
    }
}
