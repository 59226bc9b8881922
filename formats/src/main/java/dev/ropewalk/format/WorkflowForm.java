package dev.ropewalk.format;

import dev.ropewalk.plan.Ordering;
import dev.ropewalk.plan.Workflow;
import dev.ropewalk.plan.Workflow.Defaults;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads a whole plan file.
final class WorkflowForm {

    private final Form form;
    private final Templates templates;
    private final PoliciesForm policies;
    private final VariablesForm variables;
    private final ConstraintsForm constraints;
    private final SharedForm shared;
    private final NeedsForm needs;
    private final StepForm stepForm;

    WorkflowForm(Form form, SubPlans subPlans) {
        this.form = form;
        this.templates = new Templates(form);
        this.policies = new PoliciesForm(form);
        this.variables = new VariablesForm(form);
        this.constraints = new ConstraintsForm(form);
        this.shared = new SharedForm(form);
        this.needs = new NeedsForm(form);
        this.stepForm = new StepForm(form, subPlans);
    }

    /// The workflow, or empty if too much is missing to compile it.
    Optional<Workflow> read(Fields fields) {
        fields.find("$schema").ifPresent(form::text);
        Optional<String> name = fields.require("name", "give the plan a name").flatMap(form::text);
        Workflow workflow = new Workflow(
                name.orElse("unnamed"),
                fields.find("version").flatMap(form::text).orElse(""),
                DocumentationForm.read(name, fields, form),
                fields.find("variables").map(variables::read).orElse(List.of()),
                fields.find("defaults").map(policies::defaults).orElse(Defaults.NONE),
                fields.vital("steps", "list its steps").map(this::steps).orElse(List.of()),
                fields.find("result").map(templates::template),
                fields.find("maxRetries").map(form::wholeNumber).orElse(OptionalInt.empty()),
                policies.timeout(fields),
                fields.find("maxParallel").map(form::wholeNumber).orElse(OptionalInt.empty()),
                shared.read(fields.find("pools"), fields.find("groups"), fields.find("budget")),
                ordering(fields),
                constraints.read(fields));
        return form.isBroken() ? Optional.empty() : Optional.of(workflow);
    }

    private Ordering ordering(Fields fields) {
        Ordering ordering = new Ordering(
                fields.find("strategy").flatMap(form::text),
                fields.find("tenant").flatMap(form::text).orElse(""),
                NeedsForm.amount(needs.value(fields)));
        return ordering.equals(Ordering.NONE) ? Ordering.NONE : ordering;
    }

    private List<Workflow.Step> steps(Field field) {
        List<Workflow.Step> steps = new ArrayList<>();
        for (Field item : form.vitalItems(field, "a list of steps belongs here")) {
            stepForm.read(item).ifPresent(steps::add);
        }
        return steps;
    }
}
