package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Reads what a [SharedEncoder] wrote.
final class SharedDecoder {

    private final ByteReader in;
    private final List<Needs> known = new ArrayList<>();

    SharedDecoder(ByteReader in) {
        this.in = in;
    }

    Ordering ordering() {
        return new Ordering(optional(in::text), in.text(), in.amount("value"));
    }

    SharedResources resources() {
        return new SharedResources(in.list(this::pool), in.list(this::group), optional(this::budget));
    }

    Needs needs() {
        int number = in.number(known.size(), "needs");
        if (number > 0) {
            return known.get(number - 1);
        }
        Needs needs = new Needs(
                in.list(this::requirement),
                in.list(in::text),
                in.amount("tokens"),
                in.amount("cost"),
                optional(this::agent),
                optional(() -> new BatchPolicy(count("batch"), in.amount("wait"))),
                flag(),
                in.amount("value"));
        known.add(needs);
        return needs;
    }

    private ResourceRequirement requirement() {
        return new ResourceRequirement(
                in.text(), in.amount("amount"), in.amount("duration"), in.number(10, "priority"), attributes());
    }

    private AgentRequirement agent() {
        String type = in.text();
        Map<String, Integer> capabilities = new HashMap<>();
        in.list(() -> capabilities.put(in.text(), in.number(1_000, "proficiency")));
        return new AgentRequirement(type, capabilities, in.text());
    }

    private ResourcePool pool() {
        return new ResourcePool(
                in.text(),
                in.text(),
                in.amount("capacity"),
                in.text(),
                attributes(),
                in.amount("cost"),
                count("maxQueued"),
                flag(),
                in.amount("grace"),
                optional(in::text));
    }

    private ConcurrencyGroup group() {
        return new ConcurrencyGroup(
                in.text(),
                count("maxConcurrent"),
                optional(this::rate),
                optional(this::rate),
                optional(this::budget),
                optional(() -> new ConcurrencyGroup.Adaptive(count("min"), count("max"))));
    }

    private RateLimit rate() {
        return new RateLimit(in.amount("limit"), in.amount("period"));
    }

    private Budget budget() {
        return new Budget(in.amount("money"), in.amount("tokens"), in.constant(PlanCodes.PER, "per"), in.text());
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        in.list(() -> attributes.put(in.text(), in.text()));
        return attributes;
    }

    private <T> Optional<T> optional(Supplier<T> value) {
        return flag() ? Optional.of(value.get()) : Optional.empty();
    }

    private boolean flag() {
        return in.number(1, "flag") == 1;
    }

    private int count(String what) {
        return in.number(Integer.MAX_VALUE, what);
    }
}
