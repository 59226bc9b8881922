package dev.ropewalk.format;

import dev.ropewalk.plan.Workflow;
import java.util.Optional;

/// Reads the plans that a plan names with `plan: other.yaml`.
interface SubPlans {

    /// The workflow in `file`, or empty if it could not be read or is too broken to compile. What
    /// hinders the reading is reported to `form` at `field`, what is wrong inside the file where it
    /// stands.
    Optional<Workflow> read(String file, Field field, Form form);
}
