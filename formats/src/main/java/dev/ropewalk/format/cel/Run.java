package dev.ropewalk.format.cel;

import dev.ropewalk.expression.Bindings;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One evaluation: what the names stand for, the values of the variables that the expression itself
/// introduces, and what may still be spent. Owned by one thread.
final class Run {

    private static final int CHARACTERS_A_UNIT = 16;

    final Bindings bindings;
    private final @Nullable Object[] locals;
    private final Map<String, RegularExpression> regularExpressions = new HashMap<>();
    private final int limit;
    private long left;

    Run(Bindings bindings, int locals, int limit) {
        this.bindings = bindings;
        this.locals = new Object[locals];
        this.limit = limit;
        this.left = limit;
    }

    @Nullable
    Object local(int slot) {
        return locals[slot];
    }

    void setLocal(int slot, @Nullable Object value) {
        locals[slot] = value;
    }

    /// Compiled once in an evaluation, however often it is used.
    RegularExpression regularExpression(String source) {
        RegularExpression known = regularExpressions.get(source);
        if (known == null) {
            known = RegularExpression.compile(source, this);
            regularExpressions.put(source, known);
        }
        return known;
    }

    /// Pays for `units` operations or elements, before they are done.
    void spend(long units) {
        left -= units;
        if (left < 0) {
            throw new Failure.Spent(limit);
        }
    }

    /// Pays for reading or making a text.
    void spendText(long characters) {
        spend(1 + characters / CHARACTERS_A_UNIT);
    }
}
