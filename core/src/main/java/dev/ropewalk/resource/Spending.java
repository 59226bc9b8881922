package dev.ropewalk.resource;

import dev.ropewalk.execution.Saturated;
import java.math.BigDecimal;

/// How much of a budget is spent and reserved.
///
/// @param tokenLimit [Long#MAX_VALUE] for none
/// @param costLimit in millionths of the currency unit; [Long#MAX_VALUE] for none
public record Spending(
        long tokenLimit, long settledTokens, long reservedTokens, long costLimit, long settledCost, long reservedCost) {

    enum Room {
        THERE,
        WHEN_SETTLED,
        NEVER
    }

    Room room(long wantedTokens, long wantedCost) {
        Room ofTokens = room(tokenLimit, settledTokens, reservedTokens, wantedTokens);
        Room ofCost = room(costLimit, settledCost, reservedCost, wantedCost);
        return ofTokens.compareTo(ofCost) >= 0 ? ofTokens : ofCost;
    }

    /// Who wants nothing wants it only as long as there is something left: a task without an estimate
    /// must not go on for ever once the budget is spent.
    private static Room room(long limit, long settled, long reserved, long wanted) {
        if (limit == Strictest.NO_LIMIT) {
            return Room.THERE;
        }
        long least = Saturated.add(settled, Math.max(1, wanted));
        if (least > limit) {
            return Room.NEVER;
        }
        return Saturated.add(least, reserved) <= limit ? Room.THERE : Room.WHEN_SETTLED;
    }

    static String money(long micro) {
        return BigDecimal.valueOf(micro, 6).stripTrailingZeros().toPlainString();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (tokenLimit != Strictest.NO_LIMIT) {
            text.append(
                    "of %d tokens %d are spent and %d reserved".formatted(tokenLimit, settledTokens, reservedTokens));
        }
        if (costLimit != Strictest.NO_LIMIT) {
            text.append(text.isEmpty() ? "" : ", ")
                    .append("of %s %s is spent and %s reserved"
                            .formatted(money(costLimit), money(settledCost), money(reservedCost)));
        }
        return text.toString();
    }
}
