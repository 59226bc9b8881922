package dev.ropewalk.execution;

import java.util.List;

/// What an attempt used of tokens and money, which takes the place of what was reserved for it.
///
/// Whoever follows the log and whoever keeps the balances settle by the same rule: what the attempt
/// reported; what it did not report, and all of an attempt that was lost or stopped, as it was
/// reserved.
///
/// @param tokens whole tokens
/// @param microCost in millionths of the currency unit
public record Settlement(long tokens, long microCost) {

    /// Of an attempt that reserved nothing and reported nothing.
    public static final Settlement NOTHING = new Settlement(0, 0);

    /// The type of a [ResourceUse] that counts tokens.
    public static final String TOKENS = "tokens";

    /// @param grants what was reserved; other grants than tokens and money are not looked at
    /// @param usage what the attempt reported
    public static Settlement of(List<ResourceGrant> grants, List<ResourceUse> usage) {
        if (usage.isEmpty()) {
            return reserved(grants);
        }
        boolean counted = false;
        long tokens = 0;
        long cost = 0;
        for (int i = 0; i < usage.size(); i++) {
            ResourceUse use = usage.get(i);
            if (use.type().equals(TOKENS)) {
                counted = true;
                tokens = Saturated.add(tokens, Math.ceilDiv(Math.max(0, use.milliAmount()), 1_000));
            }
            cost = Saturated.add(cost, Math.max(0, use.microCost()));
        }
        return new Settlement(
                counted ? tokens : amount(grants, ResourceGrant.Kind.TOKENS),
                cost > 0 ? cost : amount(grants, ResourceGrant.Kind.MONEY));
    }

    /// Of an attempt of which nobody knows what it used.
    public static Settlement reserved(List<ResourceGrant> grants) {
        if (grants.isEmpty()) {
            return NOTHING;
        }
        long tokens = amount(grants, ResourceGrant.Kind.TOKENS);
        long cost = amount(grants, ResourceGrant.Kind.MONEY);
        return tokens == 0 && cost == 0 ? NOTHING : new Settlement(tokens, cost);
    }

    private static long amount(List<ResourceGrant> grants, ResourceGrant.Kind kind) {
        for (int i = 0; i < grants.size(); i++) {
            if (grants.get(i).kind() == kind) {
                return grants.get(i).amount();
            }
        }
        return 0;
    }
}
