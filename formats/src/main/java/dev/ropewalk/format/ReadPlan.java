package dev.ropewalk.format;

import dev.ropewalk.format.tree.Node;
import dev.ropewalk.format.tree.Position;
import dev.ropewalk.plan.Compilation;
import dev.ropewalk.plan.ExecutionPlan;
import dev.ropewalk.plan.ExpressionLanguage;
import dev.ropewalk.plan.KnownResources;
import dev.ropewalk.plan.Payload;
import dev.ropewalk.plan.PlanCompiler;
import dev.ropewalk.plan.PlanLimits;
import dev.ropewalk.plan.Problem;
import dev.ropewalk.plan.ToolNames;
import dev.ropewalk.plan.Workflow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of reading a plan file: the workflow, or what is wrong, or both.
public final class ReadPlan {

    private final SourceFile source;
    private final List<LocatedProblem> problems;
    private final int omitted;

    ReadPlan(SourceFile source, ProblemList problems) {
        this.source = source;
        this.problems = problems.listed().stream().sorted(order()).toList();
        this.omitted = problems.omitted();
    }

    /// The workflow, if enough of it could be read to compile it. It may have [#problems] all the same:
    /// compile it to find the rest, but do not run it.
    public Optional<Workflow> workflow() {
        return source.workflow();
    }

    /// What is wrong with the form of the file and of its sub-plans, in the order of their lines; at
    /// most a hundred.
    public List<LocatedProblem> problems() {
        return problems;
    }

    /// How many problems there are beyond those listed.
    public int omitted() {
        return omitted;
    }

    /// The section `mcpServers` of the outermost plan as it is written; empty if it has none. What it
    /// declares starts processes, so whoever uses it asks the user first.
    public Map<String, @Nullable Object> mcpServers() {
        Node section = section("mcpServers");
        return section instanceof Node.Mapping mapping ? NodeJson.map(mapping) : Map.of();
    }

    /// Compiles the workflow, and says all that is wrong: with the form, and as far as that lets the
    /// compiler see, with the meaning.
    ///
    /// @param variables the given values as JSON, by name
    public CheckedPlan compile(
            Map<String, Payload> variables, PlanLimits limits, ExpressionLanguage language, ToolNames tools) {
        return compile(variables, limits, language, tools, KnownResources.UNCHECKED);
    }

    /// @param known which pools, groups and strategies there are beside the plan's own
    public CheckedPlan compile(
            Map<String, Payload> variables,
            PlanLimits limits,
            ExpressionLanguage language,
            ToolNames tools,
            KnownResources known) {
        if (workflow().isEmpty()) {
            return new CheckedPlan(Optional.empty(), problems, omitted);
        }
        Compilation compilation = PlanCompiler.compile(workflow().get(), variables, limits, language, tools, known);
        return switch (compilation) {
            case Compilation.Compiled(ExecutionPlan plan) ->
                new CheckedPlan(problems.isEmpty() ? Optional.of(plan) : Optional.empty(), problems, omitted);
            case Compilation.Rejected(List<Problem> found, int more) -> {
                List<LocatedProblem> all = new ArrayList<>(problems);
                all.addAll(locate(found));
                all.sort(order());
                yield new CheckedPlan(Optional.empty(), all, omitted + more);
            }
        };
    }

    /// Where in the files a problem of the compiled workflow stands.
    public LocatedProblem locate(Problem problem) {
        return source.locate(problem);
    }

    /// As [#locate], in the order of their lines.
    public List<LocatedProblem> locate(List<Problem> found) {
        return found.stream().map(source::locate).sorted(order()).toList();
    }

    private @Nullable Node section(String key) {
        if (source.root().orElse(null) instanceof Node.Mapping(Position _, List<Node.Entry> entries)) {
            for (Node.Entry entry : entries) {
                if (entry.key().equals(key)) {
                    return entry.value();
                }
            }
        }
        return null;
    }

    private Comparator<LocatedProblem> order() {
        return Comparator.comparing((LocatedProblem problem) -> !problem.file().equals(source.name()))
                .thenComparing(LocatedProblem::file)
                .thenComparingInt(LocatedProblem::line)
                .thenComparingInt(LocatedProblem::column);
    }
}
