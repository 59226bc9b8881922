package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.plan.Quoted;
import dev.ropewalk.plan.RetryPolicy;
import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;

/// Reads what a task takes, or inherits from the plan's `defaults`: `retry`, `timeout`, `onFailure`,
/// `priority` and `group`.
final class PoliciesForm {

    private static final SequencedMap<String, Priority> PRIORITIES = Words.of(Priority.values(), Priority::name);

    private final Form form;
    private final RetryForm retryForm;
    private final NeedsForm needs;

    PoliciesForm(Form form) {
        this.form = form;
        this.retryForm = new RetryForm(form);
        this.needs = new NeedsForm(form);
    }

    Defaults defaults(Field field) {
        return Fields.of(field, Shapes.DEFAULTS, form)
                .map(fields -> new Defaults(
                        retry(fields), timeout(fields), onFailure(fields), priority(fields), needs.groups(fields)))
                .orElse(Defaults.NONE);
    }

    Optional<RetryPolicy> retry(Fields fields) {
        return fields.find("retry").flatMap(retryForm::read);
    }

    Optional<Duration> timeout(Fields fields) {
        return fields.find("timeout").flatMap(form::duration);
    }

    Optional<Priority> priority(Fields fields) {
        return fields.find("priority").flatMap(field -> form.oneOf(PRIORITIES, field));
    }

    Optional<FailurePolicy> onFailure(Fields fields) {
        return fields.find("onFailure").flatMap(this::failurePolicy);
    }

    private Optional<FailurePolicy> failurePolicy(Field field) {
        if (field.node() instanceof Node.Mapping) {
            return Fields.of(field, Shapes.ON_FAILURE, form)
                    .flatMap(fields -> fields.require("fallback", "name the task that runs in its place"))
                    .flatMap(form::text)
                    .map(FailurePolicy.Fallback::new);
        }
        if (!(field.node() instanceof Node.Scalar scalar) || scalar.kind() != Kind.TEXT) {
            form.wrongType(field, "a failure policy belongs here", "write fail, skip or {fallback: <task id>}");
            return Optional.empty();
        }
        return switch (scalar.text()) {
            case "fail" -> Optional.of(new FailurePolicy.Fail());
            case "skip" -> Optional.of(new FailurePolicy.Skip());
            default -> {
                String message = "%s is not known here".formatted(Quoted.of(scalar.text()));
                form.add(field, "INVALID_VALUE", message, "one of fail, skip, {fallback: <task id>}");
                yield Optional.empty();
            }
        };
    }
}
