package dev.ropewalk.resource;

import dev.ropewalk.plan.Budget;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// The budgets over one thing: a group, a workflow, or everything.
///
/// The strictest of each kind holds. Days that begin in different time zones are counted apart, and
/// each of them holds.
final class BudgetScope {

    private final String name;
    private final BiFunction<String, Optional<ZoneId>, SpendingCounter> find;
    private final List<SpendingCounter> counters = new ArrayList<>(1);
    final Strictest executionTokens = new Strictest();
    final Strictest executionCost = new Strictest();

    /// By what an execution is refused that has spent what each has for itself.
    final Resource perExecution;

    /// @param name `group/llm`, `workflow/report`, or `all`
    /// @param find the counter of a scope and, if it counts days, of a time zone
    BudgetScope(String name, BiFunction<String, Optional<ZoneId>, SpendingCounter> find) {
        this.name = name;
        this.find = find;
        this.perExecution = new Own(name + " per execution");
    }

    private record Own(String name) implements Resource {
        @Override
        public Kind kind() {
            return Kind.BUDGET;
        }
    }

    String name() {
        return name;
    }

    List<SpendingCounter> counters() {
        return counters;
    }

    boolean limitsExecutions() {
        return !executionTokens.isEmpty() || !executionCost.isEmpty();
    }

    boolean isDeclared() {
        return !counters.isEmpty() || limitsExecutions();
    }

    void declare(Budget budget) {
        switch (budget.per()) {
            case EXECUTION -> add(budget, executionTokens, executionCost);
            case DAY, TOTAL -> {
                SpendingCounter counter = counter(budget);
                if (!counters.contains(counter)) {
                    counters.add(counter);
                }
                add(budget, counter.tokens, counter.cost);
            }
        }
    }

    void withdraw(Budget budget) {
        switch (budget.per()) {
            case EXECUTION -> remove(budget, executionTokens, executionCost);
            case DAY, TOTAL -> {
                SpendingCounter counter = counter(budget);
                remove(budget, counter.tokens, counter.cost);
                counter.touch();
                if (!counter.isDeclared()) {
                    counters.remove(counter);
                }
            }
        }
    }

    private SpendingCounter counter(Budget budget) {
        return find.apply(
                name, budget.per() == Budget.Per.DAY ? Optional.of(ZoneId.of(budget.zone())) : Optional.empty());
    }

    private static void add(Budget budget, Strictest tokens, Strictest cost) {
        if (budget.tokens() > 0) {
            tokens.add(budget.tokens());
        }
        if (budget.microMoney() > 0) {
            cost.add(budget.microMoney());
        }
    }

    private static void remove(Budget budget, Strictest tokens, Strictest cost) {
        if (budget.tokens() > 0) {
            tokens.remove(budget.tokens());
        }
        if (budget.microMoney() > 0) {
            cost.remove(budget.microMoney());
        }
    }
}
