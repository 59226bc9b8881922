package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.OnLost;
import dev.ropewalk.plan.Template;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.Action;
import dev.ropewalk.plan.Workflow.CallTool;
import dev.ropewalk.plan.Workflow.RunPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// Reads a task.
final class TaskForm {

    private static final SequencedMap<String, OnLost> ON_LOST =
            Words.of(OnLost.values(), policy -> policy.name().toLowerCase(Locale.ROOT));

    private final Form form;
    private final Templates templates;
    private final PoliciesForm policies;
    private final NeedsForm needs;
    private final DependenciesForm dependencies;
    private final ConstraintsForm constraints;
    private final SubPlans subPlans;

    TaskForm(Form form, SubPlans subPlans) {
        this.form = form;
        this.templates = new Templates(form);
        this.policies = new PoliciesForm(form);
        this.needs = new NeedsForm(form);
        this.dependencies = new DependenciesForm(form);
        this.constraints = new ConstraintsForm(form);
        this.subPlans = subPlans;
    }

    Optional<Workflow.Task> read(Field field) {
        Optional<Fields> fields = Fields.of(field, Shapes.TASK, form);
        if (fields.isEmpty()) {
            form.breakOff();
        }
        return fields.flatMap(f -> task(field, f));
    }

    private Optional<Workflow.Task> task(Field field, Fields fields) {
        Optional<String> id = fields.vital("id", "give it an id such as fetch").flatMap(form::vitalText);
        Optional<Action> action = action(field, fields);
        Workflow.Task task = new Workflow.Task(
                id.orElse(""),
                DocumentationForm.read(fields, form),
                action.orElse(new CallTool("", Template.EMPTY_OBJECT)),
                dependencies.after(fields),
                dependencies.dependencies(fields),
                fields.find("when").flatMap(templates::condition),
                fields.find("forEach").flatMap(templates::vitalList),
                fields.find("maxItems").map(form::wholeNumber).orElse(OptionalInt.empty()),
                policies.retry(fields),
                policies.timeout(fields),
                policies.onFailure(fields),
                policies.priority(fields),
                fields.find("estimatedDuration").flatMap(form::duration),
                fields.find("onLost").flatMap(f -> form.oneOf(ON_LOST, f)),
                needs.read(fields),
                constraints.read(fields));
        return id.isPresent() && action.isPresent() ? Optional.of(task) : Optional.empty();
    }

    private Optional<Action> action(Field task, Fields fields) {
        if (fields.has("tool") && fields.has("plan")) {
            form.add(task, "INVALID_VALUE", "a task has a `tool` or a `plan`, not both", "make two tasks of it");
            form.breakOff();
            return Optional.empty();
        }
        if (fields.has("plan")) {
            return fields.find("plan").flatMap(field -> runPlan(field, fields));
        }
        return fields.vital("tool", "name the tool it calls, such as shell, or a `plan` file")
                .flatMap(form::vitalText)
                .map(tool -> new CallTool(
                        tool, fields.find("with").map(this::arguments).orElse(Template.EMPTY_OBJECT)));
    }

    private Template arguments(Field field) {
        Template with = templates.template(field);
        if (!(field.node() instanceof Node.Mapping) && !(with instanceof Template.Expression)) {
            form.wrongType(field, "`with` is a map", "write `name: value` for each argument");
            return Template.EMPTY_OBJECT;
        }
        return with;
    }

    private Optional<Action> runPlan(Field field, Fields fields) {
        List<Template.Entry> with = fields.find("with").map(this::variables).orElse(List.of());
        return form.vitalText(field)
                .flatMap(file -> subPlans.read(file, field, form).map(plan -> new RunPlan(file, plan, with)));
    }

    private List<Template.Entry> variables(Field field) {
        if (!(field.node() instanceof Node.Mapping(Position _, List<Node.Entry> entries))) {
            form.wrongType(field, "`with` gives the plan's variables", "write `name: value` for each variable");
            form.breakOff();
            return List.of();
        }
        List<Template.Entry> with = new ArrayList<>();
        entries.forEach(entry -> with.add(new Template.Entry(entry.key(), templates.template(field.entry(entry)))));
        return with;
    }
}
