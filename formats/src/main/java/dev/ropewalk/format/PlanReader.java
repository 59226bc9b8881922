package dev.ropewalk.format;

import dev.ropewalk.format.tree.TreeLimits;
import dev.ropewalk.plan.PlanLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/// Reads plan files. Whatever the file holds, the answer is a [ReadPlan]: nothing is thrown on account
/// of it, and no class that it names is loaded. Safe for use by several threads.
public final class PlanReader {

    private final TreeLimits limits;
    private final PlanLimits planLimits;

    public PlanReader() {
        this(TreeLimits.DEFAULT, PlanLimits.DEFAULT);
    }

    /// @param limits of a single file
    /// @param planLimits of these only the depth of sub-plans counts here
    public PlanReader(TreeLimits limits, PlanLimits planLimits) {
        this.limits = limits;
        this.planLimits = planLimits;
    }

    /// Reads a file and the sub-plans that it names. A name that ends in `.json` holds strict JSON, any
    /// other YAML.
    public ReadPlan read(Path file) {
        Path real;
        try {
            real = file.toRealPath();
        } catch (IOException _) {
            // Reported by the attempt to read it.
            real = file.toAbsolutePath().normalize();
        }
        Path shown = Objects.requireNonNullElse(file.getParent(), Path.of(""));
        Optional<PlanDirectory> directory =
                Optional.ofNullable(real.getParent()).map(parent -> new PlanDirectory(parent, shown));
        PlanFiles files = new PlanFiles(limits, planLimits, directory);
        return new ReadPlan(files.read(real, file.toString()), files.problems());
    }

    /// Reads a plan from memory; it cannot name sub-plans.
    ///
    /// @param name stands in problems; tells the format as a file's name does
    public ReadPlan read(String name, byte[] bytes) {
        PlanFiles files = new PlanFiles(limits, planLimits, Optional.empty());
        return new ReadPlan(files.parse(Optional.empty(), name, bytes), files.problems());
    }
}
