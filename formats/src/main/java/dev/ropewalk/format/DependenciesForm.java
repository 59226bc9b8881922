package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.DependencyType;
import dev.ropewalk.plan.Workflow.Dependency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads `after`, a list of ids, and `dependencies`, where each may also be a map that names a type, a
/// lag and a condition.
final class DependenciesForm {

    private static final SequencedMap<String, DependencyType> TYPES =
            Words.of(DependencyType.values(), DependencyType::name);

    private final Form form;
    private final Templates templates;

    DependenciesForm(Form form) {
        this.form = form;
        this.templates = new Templates(form);
    }

    List<String> after(Fields fields) {
        return fields.find("after").map(form::texts).orElse(List.of());
    }

    List<Dependency> dependencies(Fields fields) {
        List<Dependency> dependencies = new ArrayList<>();
        fields.find("dependencies")
                .ifPresent(field -> form.items(field, "a list of dependencies belongs here")
                        .forEach(item -> dependency(item).ifPresent(dependencies::add)));
        return dependencies;
    }

    private Optional<Dependency> dependency(Field field) {
        if (!(field.node() instanceof Node.Mapping)) {
            return form.text(field)
                    .map(id -> new Dependency(id, DependencyType.FINISH_TO_START, Duration.ZERO, Optional.empty()));
        }
        return Fields.of(field, Shapes.DEPENDENCY, form).flatMap(fields -> dependency(field, fields));
    }

    private Optional<Dependency> dependency(Field field, Fields fields) {
        if (fields.has("task") && fields.has("step")) {
            form.add(field, "INVALID_VALUE", "a dependency names a task or a step, not both", "make two of it");
            return Optional.empty();
        }
        Optional<Field> on = fields.has("step")
                ? fields.find("step")
                : fields.require("task", "name the task or step on which it depends");
        DependencyType type =
                fields.find("type").flatMap(f -> form.oneOf(TYPES, f)).orElse(DependencyType.FINISH_TO_START);
        Duration lag = fields.find("lag").flatMap(form::duration).orElse(Duration.ZERO);
        return on.flatMap(form::text)
                .map(id ->
                        new Dependency(id, type, lag, fields.find("condition").flatMap(templates::condition)));
    }
}
