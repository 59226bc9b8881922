package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.plan.RetryPolicy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// Reads `retry`: a number of retries, or a map that says more.
final class RetryForm {

    private final Form form;

    RetryForm(Form form) {
        this.form = form;
    }

    Optional<RetryPolicy> read(Field field) {
        if (field.node() instanceof Node.Mapping) {
            return Fields.of(field, Shapes.RETRY, form).map(this::policy);
        }
        OptionalInt maxRetries = form.wholeNumber(field);
        return maxRetries.isPresent() ? Optional.of(RetryPolicy.of(maxRetries.getAsInt())) : Optional.empty();
    }

    private RetryPolicy policy(Fields fields) {
        OptionalInt maxRetries = fields.require("maxRetries", "say how often at most: maxRetries: 3")
                .map(form::wholeNumber)
                .orElse(OptionalInt.empty());
        RetryPolicy usual = RetryPolicy.of(maxRetries.orElse(0));
        RetryPolicy policy = usual.withDelay(
                        fields.find("delay").flatMap(form::duration).orElse(usual.delay()))
                .withBackoff(number(fields, "backoff", usual.backoff()))
                .withJitter(number(fields, "jitter", usual.jitter()))
                .onlyOn(fields.find("on").map(form::texts).orElse(List.of()).toArray(String[]::new));
        for (RetryPolicy.Rule rule : fields.find("rules").map(this::rules).orElse(List.of())) {
            policy = policy.withRule(rule);
        }
        // Only one that is written down can be too short.
        return fields.find("maxDelay")
                .flatMap(form::duration)
                .map(policy::withMaxDelay)
                .orElse(policy);
    }

    private double number(Fields fields, String key, double otherwise) {
        return fields.find(key).map(form::number).orElse(OptionalDouble.empty()).orElse(otherwise);
    }

    private List<RetryPolicy.Rule> rules(Field field) {
        List<RetryPolicy.Rule> rules = new ArrayList<>();
        for (Field item : form.items(field, "a list of rules belongs here")) {
            Fields.of(item, Shapes.RULE, form).map(this::rule).ifPresent(rules::add);
        }
        return rules;
    }

    private RetryPolicy.Rule rule(Fields fields) {
        return new RetryPolicy.Rule(
                fields.require("on", "name the error codes for which it holds")
                        .map(form::texts)
                        .orElse(List.of()),
                fields.find("maxRetries").map(form::wholeNumber).orElse(OptionalInt.empty()),
                fields.find("delay").flatMap(form::duration));
    }
}
