package dev.ropewalk.format;

import dev.ropewalk.plan.OnError;
import dev.ropewalk.plan.StepMode;
import dev.ropewalk.plan.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// Reads a step.
final class StepForm {

    private static final SequencedMap<String, StepMode> MODES =
            Words.of(StepMode.values(), mode -> mode.name().toLowerCase(Locale.ROOT));
    private static final SequencedMap<String, OnError> ON_ERROR =
            Words.of(OnError.values(), policy -> policy.name().toLowerCase(Locale.ROOT));

    private final Form form;
    private final Templates templates;
    private final DependenciesForm dependencies;
    private final TaskForm taskForm;

    StepForm(Form form, SubPlans subPlans) {
        this.form = form;
        this.templates = new Templates(form);
        this.dependencies = new DependenciesForm(form);
        this.taskForm = new TaskForm(form, subPlans);
    }

    Optional<Workflow.Step> read(Field field) {
        Optional<Fields> fields = Fields.of(field, Shapes.STEP, form);
        if (fields.isEmpty()) {
            form.breakOff();
        }
        return fields.flatMap(this::step);
    }

    private Optional<Workflow.Step> step(Fields fields) {
        Optional<String> id =
                fields.vital("id", "give it an id such as collect").flatMap(form::vitalText);
        Workflow.Step step = new Workflow.Step(
                id.orElse(""),
                DocumentationForm.read(fields, form),
                fields.find("mode").flatMap(field -> form.oneOf(MODES, field)),
                dependencies.after(fields),
                dependencies.dependencies(fields),
                fields.find("onError").flatMap(field -> form.oneOf(ON_ERROR, field)),
                fields.find("maxRetries").map(form::wholeNumber).orElse(OptionalInt.empty()),
                fields.find("forEach").flatMap(templates::vitalList),
                fields.find("maxItems").map(form::wholeNumber).orElse(OptionalInt.empty()),
                fields.vital("tasks", "list its tasks").map(this::tasks).orElse(List.of()));
        return id.map(_ -> step);
    }

    private List<Workflow.Task> tasks(Field field) {
        List<Workflow.Task> tasks = new ArrayList<>();
        for (Field item : form.vitalItems(field, "a list of tasks belongs here")) {
            taskForm.read(item).ifPresent(tasks::add);
        }
        return tasks;
    }
}
