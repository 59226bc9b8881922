package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Location;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.Workflow;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plan file that was read, with the tree in which its values can be found again.
///
/// @param name as it is shown
/// @param root its tree, if it could be composed
/// @param workflow what it says, if that can be compiled
/// @param subPlans the files it names, by the address of their `plan` keys
/// @param height how many levels of sub-plans are below it
record SourceFile(
        String name, Optional<Node> root, Optional<Workflow> workflow, Map<String, SourceFile> subPlans, int height) {

    /// The problem with the place of the nearest value around its path. Behind the `plan` of a task the
    /// path goes on in the file that it names.
    LocatedProblem locate(Problem problem) {
        SourceFile file = this;
        @Nullable Node node = root.orElse(null);
        Location place = Location.ROOT;
        Position at = node == null ? Position.START : node.at();
        for (String step : PathSteps.of(problem.path())) {
            SourceFile inner = file.subPlans.get(place.toString());
            if (inner != null && inner.root.isPresent()) {
                file = inner;
                node = inner.root.get();
                place = Location.ROOT;
            }
            PathSteps.Child child = node == null ? null : child(node, place, step);
            if (child == null) {
                break;
            }
            node = child.node();
            place = child.place();
            at = node.at();
        }
        return new LocatedProblem(
                file.name, at.line(), at.column(), problem.path(), problem.code(), problem.message(), problem.remedy());
    }

    private static PathSteps.@Nullable Child child(Node node, Location place, String step) {
        PathSteps.Child child = PathSteps.child(node, place, step);
        // The compiler knows one list of predecessors, a file may call it otherwise.
        return child == null && step.equals("after") ? PathSteps.child(node, place, "dependencies") : child;
    }
}
