package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.SkipReason;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;

/// What a task's predecessors say of it.
sealed interface Verdict {

    /// Not all that it waits for has ended.
    record Wait(String forWhat) implements Verdict {}

    /// It may run, as far as its predecessors are concerned.
    record Run() implements Verdict {}

    /// It must be skipped, for one of these reasons.
    ///
    /// @param causes the failed tasks of which one is its root cause; empty if there is none
    record Skip(Set<SkipReason> reasons, Set<Integer> causes) implements Verdict {

        static Skip none() {
            return new Skip(EnumSet.noneOf(SkipReason.class), new TreeSet<>());
        }

        /// A failure weighs more than anything else.
        boolean allows(SkipReason reason, int cause) {
            if (reasons.contains(SkipReason.UPSTREAM_FAILED)) {
                return reason == SkipReason.UPSTREAM_FAILED && causes.contains(cause);
            }
            return reasons.contains(reason) && cause == -1;
        }
    }
}
