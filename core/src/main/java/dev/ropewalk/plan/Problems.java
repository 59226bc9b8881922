package dev.ropewalk.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Collects what is wrong with a plan: the first hundred problems in full, the rest counted.
///
/// Messages are suppliers, because a plan in which 100,000 references dangle must not search for
/// 100,000 suggestions.
final class Problems {

    static final int MAX_LISTED = 100;

    private final List<Problem> listed = new ArrayList<>();
    private int omitted;

    void add(String code, Location at, Supplier<String> message, Supplier<String> remedy) {
        if (listed.size() < MAX_LISTED) {
            listed.add(new Problem(code, at.toString(), message.get(), remedy.get()));
        } else {
            omitted++;
        }
    }

    void add(String code, Location at, String message, String remedy) {
        add(code, at, () -> message, () -> remedy);
    }

    boolean isEmpty() {
        return listed.isEmpty();
    }

    List<Problem> listed() {
        return List.copyOf(listed);
    }

    Compilation.Rejected rejected() {
        return new Compilation.Rejected(listed, omitted);
    }
}
