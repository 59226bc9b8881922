package dev.ropewalk.scheduling;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;

/// Chooses which running attempts give way so that a task of higher priority fits: the set whose stop
/// costs least and frees enough of everything that is short.
///
/// That is a covering problem. It is solved by branch and bound, cheapest candidates first, from the
/// greedy cover as a first bound; beyond a fixed number of steps the best cover so far is taken, so
/// that a decision stays short however many candidates there are.
public final class Victims {

    private static final int MAX_STEPS = 5_000;
    private static final int MAX_CANDIDATES = 256;

    /// A running attempt that may be stopped.
    ///
    /// @param cost of stopping it, at least 0: what its work so far is worth
    /// @param frees how much of each thing that is short it holds
    public record Candidate<A>(A attempt, long cost, long[] frees) {}

    private final long[] costs;
    private final long[][] frees;
    private final BitSet chosen = new BitSet();
    private BitSet best = new BitSet();
    private long bestCost = Long.MAX_VALUE;
    private int steps;

    private Victims(List<? extends Candidate<?>> candidates) {
        costs = candidates.stream().mapToLong(Candidate::cost).toArray();
        frees = candidates.stream().map(Candidate::frees).toArray(long[][]::new);
    }

    /// @param candidates who may be stopped for the task; of more than 256 only the cheapest are looked at
    /// @param shortage how much of each thing is missing; what is not more than 0 is not short
    /// @return the attempts to stop; empty if all of them together would not free enough
    public static <A> List<A> cheapest(List<Candidate<A>> candidates, long[] shortage) {
        List<Candidate<A>> inOrder = candidates.stream()
                .sorted(Comparator.comparingLong(Candidate::cost))
                .limit(MAX_CANDIDATES)
                .toList();
        Victims victims = new Victims(inOrder);
        victims.takeGreedily(shortage);
        victims.branch(0, shortage, 0);
        List<A> attempts = new ArrayList<>();
        victims.best.stream().forEach(i -> attempts.add(inOrder.get(i).attempt()));
        return attempts;
    }

    /// Takes the cheapest that frees anything until it is enough, and gives back what was too much,
    /// the dearest first.
    private void takeGreedily(long[] shortage) {
        long[] missing = shortage.clone();
        BitSet taken = new BitSet();
        for (int i = 0; i < costs.length && isShort(missing); i++) {
            if (helps(i, missing)) {
                taken.set(i);
                add(missing, frees[i], -1);
            }
        }
        if (isShort(missing)) {
            return;
        }
        for (int i = taken.length() - 1; i >= 0; i--) {
            if (taken.get(i)) {
                add(missing, frees[i], 1);
                if (isShort(missing)) {
                    add(missing, frees[i], -1);
                } else {
                    taken.clear(i);
                }
            }
        }
        keep(taken, taken.stream().mapToLong(i -> costs[i]).sum());
    }

    /// Decides about the candidates from `next` on, `missing` given that those in `chosen` stop.
    private void branch(int next, long[] missing, long cost) {
        if (cost >= bestCost || ++steps > MAX_STEPS) {
            return;
        }
        if (!isShort(missing)) {
            keep(chosen, cost);
            return;
        }
        if (next == costs.length || !enoughFrom(next, missing)) {
            return;
        }
        if (helps(next, missing)) {
            long[] less = missing.clone();
            add(less, frees[next], -1);
            chosen.set(next);
            branch(next + 1, less, cost + costs[next]);
            chosen.clear(next);
        }
        branch(next + 1, missing, cost);
    }

    private void keep(BitSet cover, long cost) {
        if (cost < bestCost) {
            best = (BitSet) cover.clone();
            bestCost = cost;
        }
    }

    private boolean enoughFrom(int next, long[] missing) {
        long[] rest = missing.clone();
        for (int i = next; i < costs.length; i++) {
            add(rest, frees[i], -1);
        }
        return !isShort(rest);
    }

    private boolean helps(int candidate, long[] missing) {
        for (int k = 0; k < missing.length; k++) {
            if (missing[k] > 0 && frees[candidate][k] > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean isShort(long[] missing) {
        return Arrays.stream(missing).anyMatch(amount -> amount > 0);
    }

    private static void add(long[] amounts, long[] more, int times) {
        for (int k = 0; k < amounts.length; k++) {
            amounts[k] += times * more[k];
        }
    }
}
