package dev.ropewalk.engine;

import dev.ropewalk.learning.DurationEstimates;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.PlanFormat;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.value.PlanReferences;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is computed once of a plan, off the loop: its encoded form, digest and references. Keeps the
/// plans used last, so that submitting one a thousand times prepares it once. Safe for use by several
/// threads.
final class PreparedPlans {

    private static final int KEPT = 64;

    /// A plan with what was computed of it.
    ///
    /// @param unmet what it needs and can never get in this engine
    record Prepared(
            ExecutionPlan plan,
            byte[] bytes,
            byte[] digest,
            PlanReferences references,
            PlanFacts facts,
            List<Problem> unmet) {}

    private final DurationEstimates durations = DurationEstimates.stated();
    private final KnownResources known;

    private final Map<Identity, Prepared> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Prepared> eldest) {
            return size() > KEPT;
        }
    };

    private record Identity(ExecutionPlan plan) {
        @Override
        @SuppressWarnings("ReferenceEquality") // comparing plans task by task would cost more than it saves
        public boolean equals(@Nullable Object other) {
            return other instanceof Identity that && plan == that.plan;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(plan);
        }
    }

    /// @param known what plans may name without declaring it
    PreparedPlans(KnownResources known) {
        this.known = known;
    }

    Prepared prepare(ExecutionPlan plan) {
        Identity identity = new Identity(plan);
        synchronized (this) {
            Prepared known = plans.get(identity);
            if (known != null) {
                return known;
            }
        }
        byte[] bytes = PlanFormat.encode(plan);
        Prepared prepared = new Prepared(
                plan,
                bytes,
                sha256().digest(bytes),
                PlanReferences.of(plan),
                PlanFacts.of(plan, durations),
                known.unmet(plan));
        synchronized (this) {
            plans.put(identity, prepared);
        }
        return prepared;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
