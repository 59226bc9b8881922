package dev.ropewalk.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Writes what a plan shares with others, and what its tasks need of it. [SharedDecoder] reads the same
/// fields in the same order. Maps are written by their keys' order, because they have none of their own.
final class SharedEncoder {

    private final ByteWriter out;
    private final Map<Needs, Integer> known = new HashMap<>();

    SharedEncoder(ByteWriter out) {
        this.out = out;
    }

    void ordering(Ordering ordering) {
        optionalText(ordering.strategy());
        out.text(ordering.tenant());
        out.number(ordering.milliValue());
    }

    void resources(SharedResources shared) {
        out.number(shared.pools().size());
        shared.pools().forEach(this::pool);
        out.number(shared.groups().size());
        shared.groups().forEach(this::group);
        present(shared.budget());
        shared.budget().ifPresent(this::budget);
    }

    /// Needs that came before are written as their number; most tasks of a plan have the same.
    void needs(Needs needs) {
        Integer number = known.putIfAbsent(needs, known.size() + 1);
        out.number(number == null ? 0 : number);
        if (number == null) {
            out.number(needs.resources().size());
            needs.resources().forEach(this::requirement);
            texts(needs.groups());
            out.number(needs.estimatedTokens());
            out.number(needs.estimatedMicroCost());
            present(needs.agent());
            needs.agent().ifPresent(this::agent);
            present(needs.batch());
            needs.batch().ifPresent(batch -> {
                out.number(batch.maxSize());
                out.number(batch.maxWaitMicros());
            });
            flag(needs.preemptible());
            out.number(needs.milliValue());
        }
    }

    private void requirement(ResourceRequirement requirement) {
        out.text(requirement.type());
        out.number(requirement.milliAmount());
        out.number(requirement.durationMicros());
        out.number(requirement.priority());
        attributes(requirement.constraints());
    }

    private void agent(AgentRequirement agent) {
        out.text(agent.type());
        out.number(agent.capabilities().size());
        new TreeMap<>(agent.capabilities()).forEach((capability, proficiency) -> {
            out.text(capability);
            out.number(proficiency);
        });
        out.text(agent.sticky());
    }

    private void pool(ResourcePool pool) {
        out.text(pool.name());
        out.text(pool.type());
        out.number(pool.milliCapacity());
        out.text(pool.unit());
        attributes(pool.attributes());
        out.number(pool.microCostPerUnitHour());
        out.number(pool.maxQueued());
        flag(pool.preemption());
        out.number(pool.preemptionGraceMicros());
        optionalText(pool.strategy());
    }

    private void group(ConcurrencyGroup group) {
        out.text(group.name());
        out.number(group.maxConcurrent());
        present(group.requests());
        group.requests().ifPresent(this::rate);
        present(group.tokens());
        group.tokens().ifPresent(this::rate);
        present(group.budget());
        group.budget().ifPresent(this::budget);
        present(group.adaptive());
        group.adaptive().ifPresent(adaptive -> {
            out.number(adaptive.min());
            out.number(adaptive.max());
        });
    }

    private void rate(RateLimit rate) {
        out.number(rate.amount());
        out.number(rate.periodMicros());
    }

    private void budget(Budget budget) {
        out.number(budget.microMoney());
        out.number(budget.tokens());
        out.number(PlanCodes.PER.indexOf(budget.per()));
        out.text(budget.zone());
    }

    private void attributes(Map<String, String> attributes) {
        out.number(attributes.size());
        new TreeMap<>(attributes).forEach((key, value) -> {
            out.text(key);
            out.text(value);
        });
    }

    private void texts(List<String> texts) {
        out.number(texts.size());
        texts.forEach(out::text);
    }

    private void optionalText(Optional<String> text) {
        present(text);
        text.ifPresent(out::text);
    }

    private void present(Optional<?> value) {
        flag(value.isPresent());
    }

    private void flag(boolean value) {
        out.oneByte(value ? 1 : 0);
    }
}
