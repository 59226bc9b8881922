package dev.ropewalk.resource;

import dev.ropewalk.plan.ResourcePool;
import dev.ropewalk.plan.ResourceRequirement;

/// Whether what a requirement asks for is what a pool is.
public final class Attributes {

    private Attributes() {}

    /// Whether the requirement may be met by this pool, if it has room.
    public static boolean match(ResourceRequirement requirement, ResourcePool pool) {
        return pool.type().equals(requirement.type()) && requirement.matches(pool.attributes());
    }
}
