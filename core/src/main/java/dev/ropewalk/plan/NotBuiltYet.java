package dev.ropewalk.plan;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// What a plan can say and the engine does not honour. Such a plan is refused, because a limit that is
/// read and then not kept is worse than none. Whoever builds a part removes its line.
final class NotBuiltYet {

    static final Set<PlanPart> PARTS = parts();

    private NotBuiltYet() {}

    private static Set<PlanPart> parts() {
        Set<PlanPart> parts = EnumSet.noneOf(PlanPart.class);
        parts.add(PlanPart.POOL_QUEUE);
        parts.add(PlanPart.RESOURCE_DURATION);
        parts.add(PlanPart.RESOURCE_PRIORITY);
        parts.add(PlanPart.BATCH);
        return Collections.unmodifiableSet(parts);
    }
}
