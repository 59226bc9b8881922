package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Node.Kind;
import dev.ropewalk.plan.AgentRequirement;
import dev.ropewalk.plan.BatchPolicy;
import dev.ropewalk.plan.Needs;
import dev.ropewalk.plan.ResourceRequirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Reads what a task needs beside a slot: `group`, `resources`, `estimatedTokens`, `estimatedCost`,
/// `agent`, `batch`, `preemptible` and `value`.
final class NeedsForm {

    private final Form form;
    private final AmountForm amounts;

    NeedsForm(Form form) {
        this.form = form;
        this.amounts = new AmountForm(form);
    }

    Needs read(Fields fields) {
        Needs needs = new Needs(
                fields.find("resources").map(this::resources).orElse(List.of()),
                groups(fields),
                amount(fields.find("estimatedTokens").map(amounts::whole)),
                amount(fields.find("estimatedCost").map(amounts::money)),
                fields.find("agent").flatMap(this::agent),
                fields.find("batch").flatMap(this::batch),
                fields.find("preemptible").flatMap(form::trueOrFalse).orElse(false),
                amount(value(fields)));
        return needs.equals(Needs.NONE) ? Needs.NONE : needs;
    }

    List<String> groups(Fields fields) {
        return fields.find("group").map(form::texts).orElse(List.of());
    }

    /// What something is worth, in thousandths.
    Optional<OptionalLong> value(Fields fields) {
        return fields.find("value").map(amounts::milli);
    }

    static long amount(Optional<OptionalLong> amount) {
        return amount.orElse(OptionalLong.empty()).orElse(0);
    }

    private List<ResourceRequirement> resources(Field field) {
        List<ResourceRequirement> resources = new ArrayList<>();
        for (Field item : form.items(field, "a list of resources belongs here")) {
            Fields.of(item, SharedShapes.RESOURCE, form).flatMap(this::resource).ifPresent(resources::add);
        }
        return resources;
    }

    private Optional<ResourceRequirement> resource(Fields fields) {
        Optional<String> type =
                fields.require("type", "name the type of a pool, such as cpu").flatMap(form::text);
        OptionalLong amount = fields.require("amount", "say how much: amount: 1")
                .map(amounts::size)
                .orElse(OptionalLong.empty());
        ResourceRequirement requirement = new ResourceRequirement(
                type.orElse(""),
                amount.orElse(0),
                amount(fields.find("duration").map(amounts::micros)),
                fields.find("priority")
                        .map(form::wholeNumber)
                        .orElse(OptionalInt.empty())
                        .orElse(ResourceRequirement.DEFAULT_PRIORITY),
                fields.find("constraints")
                        .map(field -> amounts.attributes(field, "`constraints`"))
                        .orElse(Map.of()));
        return type.isPresent() && amount.isPresent() ? Optional.of(requirement) : Optional.empty();
    }

    private Optional<AgentRequirement> agent(Field field) {
        if (field.node() instanceof Node.Scalar scalar && scalar.kind() == Kind.TEXT) {
            return Optional.of(AgentRequirement.ofType(scalar.text()));
        }
        return Fields.of(field, SharedShapes.AGENT, form)
                .map(fields -> new AgentRequirement(
                        fields.find("type").flatMap(form::text).orElse(""),
                        fields.find("capabilities").map(this::capabilities).orElse(Map.of()),
                        fields.find("sticky").flatMap(form::text).orElse("")));
    }

    private Map<String, Integer> capabilities(Field field) {
        Map<String, Integer> capabilities = new LinkedHashMap<>();
        if (field.node() instanceof Node.Mapping mapping) {
            for (Node.Entry entry : mapping.entries()) {
                proficiency(field.entry(entry)).ifPresent(least -> capabilities.put(entry.key(), least));
            }
        } else {
            form.texts(field).forEach(capability -> capabilities.put(capability, 0));
        }
        return capabilities;
    }

    private OptionalInt proficiency(Field field) {
        OptionalLong milli = amounts.milli(field);
        if (milli.isPresent() && milli.getAsLong() > 1_000) {
            form.add(field, "INVALID_VALUE", "a proficiency is from 0 to 1", "write one such as 0.8");
            return OptionalInt.empty();
        }
        return milli.isPresent() ? OptionalInt.of((int) milli.getAsLong()) : OptionalInt.empty();
    }

    private Optional<BatchPolicy> batch(Field field) {
        Optional<Fields> fields = Fields.of(field, SharedShapes.BATCH, form);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt maxSize = fields.get()
                .require("maxSize", "say how many tasks a call takes: maxSize: 16")
                .map(form::wholeNumber)
                .orElse(OptionalInt.empty());
        Optional<OptionalLong> maxWait = fields.get().find("maxWait").map(amounts::micros);
        return maxSize.isPresent()
                ? Optional.of(new BatchPolicy(maxSize.getAsInt(), amount(maxWait)))
                : Optional.empty();
    }
}
