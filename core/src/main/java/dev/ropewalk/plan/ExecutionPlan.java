package dev.ropewalk.plan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/// What is executed: a workflow compiled with its variables into tasks with dense indexes and the
/// edges between them. Immutable; every index in it is valid and the edges have no cycle.
///
/// The edges are kept as one array sorted by their origin (compressed sparse rows), so a plan of
/// 100,000 tasks costs eight bytes an edge.
public final class ExecutionPlan {

    private final String name;
    private final String version;
    private final Documentation about;
    private final List<PlannedStep> steps;
    private final List<PlannedTask> tasks;
    private final List<Scope> scopes;
    private final Template result;
    private final long timeoutMicros;
    private final int maxParallel;
    private final SharedResources shared;
    private final Ordering ordering;
    private final Constraints constraints;
    private final int[] firstEdge;
    private final int[] edges;
    private final Lags lags;
    private final int[] predecessorCounts;
    private final int[] endsHeld;
    private final boolean asksForStarts;
    private final boolean delaysStarts;
    private final boolean hasDeadlines;
    private final Map<String, Integer> indexByPath;

    /// @param edges pairs are packed as [Edges] does, in any order
    ExecutionPlan(
            String name,
            String version,
            Documentation about,
            List<PlannedStep> steps,
            List<PlannedTask> tasks,
            List<Scope> scopes,
            Template result,
            long timeoutMicros,
            int maxParallel,
            SharedResources shared,
            Ordering ordering,
            Constraints constraints,
            Edges edges) {
        this.name = Objects.requireNonNull(name, "name");
        this.version = Objects.requireNonNull(version, "version");
        this.about = Objects.requireNonNull(about, "about");
        this.steps = List.copyOf(steps);
        this.tasks = List.copyOf(tasks);
        this.scopes = List.copyOf(scopes);
        this.result = Objects.requireNonNull(result, "result");
        this.timeoutMicros = timeoutMicros;
        this.maxParallel = maxParallel;
        this.shared = Objects.requireNonNull(shared, "shared");
        this.ordering = Objects.requireNonNull(ordering, "ordering");
        this.constraints = Objects.requireNonNull(constraints, "constraints");
        this.firstEdge = edges.firstByOrigin(this.tasks.size());
        this.edges = edges.sortedTargets(this.tasks.size());
        this.lags = edges.sortedLags(this.tasks.size());
        this.predecessorCounts = edges.countByTarget(this.tasks.size());
        this.endsHeld = edges.endsHeldByTarget(this.tasks.size());
        this.asksForStarts = edges.asksForStarts();
        this.indexByPath = HashMap.newHashMap(this.tasks.size());
        boolean anyDelay = constraints.holdsStart();
        boolean anyDeadline = constraints.deadline().isPresent();
        for (PlannedTask task : this.tasks) {
            anyDelay |= task.constraints().holdsStart();
            anyDeadline |= task.constraints().deadline().isPresent();
            indexByPath.put(task.path(), task.index());
        }
        this.delaysStarts = anyDelay;
        this.hasDeadlines = anyDeadline;
    }

    private ExecutionPlan(ExecutionPlan other, Ordering ordering) {
        this.name = other.name;
        this.version = other.version;
        this.about = other.about;
        this.steps = other.steps;
        this.tasks = other.tasks;
        this.scopes = other.scopes;
        this.result = other.result;
        this.timeoutMicros = other.timeoutMicros;
        this.maxParallel = other.maxParallel;
        this.shared = other.shared;
        this.ordering = ordering;
        this.constraints = other.constraints;
        this.firstEdge = other.firstEdge;
        this.edges = other.edges;
        this.lags = other.lags;
        this.predecessorCounts = other.predecessorCounts;
        this.endsHeld = other.endsHeld;
        this.asksForStarts = other.asksForStarts;
        this.delaysStarts = other.delaysStarts;
        this.hasDeadlines = other.hasDeadlines;
        this.indexByPath = other.indexByPath;
    }

    /// Begins a plan in Java:
    ///
    /// ```java
    /// ExecutionPlan plan = ExecutionPlan.named("thumbnails")
    ///         .task("fetch", t -> t.tool("http").with("url", url).timeout(ofSeconds(30)))
    ///         .task("resize", t -> t.tool("resize").with("image", resultOf("fetch")).retry(3))
    ///         .build();
    /// ```
    public static PlanBuilder named(String name) {
        return new PlanBuilder(name);
    }

    public String name() {
        return name;
    }

    /// The workflow's version; empty if it states none.
    public String version() {
        return version;
    }

    public Documentation about() {
        return about;
    }

    public List<PlannedStep> steps() {
        return steps;
    }

    public List<PlannedTask> tasks() {
        return tasks;
    }

    public PlannedTask task(int index) {
        return tasks.get(index);
    }

    public PlannedStep step(int index) {
        return steps.get(index);
    }

    public int taskCount() {
        return tasks.size();
    }

    /// The scopes; the outermost is the first.
    public List<Scope> scopes() {
        return scopes;
    }

    /// What the execution's result is, evaluated in the outermost scope at its end;
    /// [Template#NULL] if the workflow states none.
    public Template result() {
        return result;
    }

    /// How long the execution may take, paused and down time not counted; 0 for any time.
    public long timeoutMicros() {
        return timeoutMicros;
    }

    /// How many attempts may run at once; 0 if only the engine's limit counts.
    public int maxParallel() {
        return maxParallel;
    }

    /// The pools and groups that it and its sub-plans declare, each name once, and its budget.
    public SharedResources shared() {
        return shared;
    }

    /// Where its executions stand among others.
    public Ordering ordering() {
        return ordering;
    }

    /// The same plan, its tasks ordered by another strategy.
    public ExecutionPlan withStrategy(String strategy) {
        return new ExecutionPlan(this, new Ordering(Optional.of(strategy), ordering.tenant(), ordering.milliValue()));
    }

    /// When the execution as a whole may run and must have ended. A task's own windows count instead of
    /// these.
    public Constraints constraints() {
        return constraints;
    }

    /// The index of the task with this path in the plan.
    public OptionalInt indexOf(String path) {
        Integer index = indexByPath.get(path);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /// How many edges hold the start of the task.
    public int predecessorCount(int task) {
        return predecessorCounts[task];
    }

    /// How many edges hold the completion of the task.
    public int endHolds(int task) {
        return endsHeld.length == 0 ? 0 : endsHeld[task];
    }

    /// Whether any edge holds a completion.
    public boolean holdsEnds() {
        return endsHeld.length > 0;
    }

    /// Whether the plan or any task of it has an earliest start or windows.
    public boolean delaysStarts() {
        return delaysStarts;
    }

    /// Whether the plan or any task of it has a deadline.
    public boolean hasDeadlines() {
        return hasDeadlines;
    }

    /// Whether any edge asks for the start of a task.
    public boolean asksForStarts() {
        return asksForStarts;
    }

    /// Whether any edge has a lag.
    public boolean hasLags() {
        return lags.size() > 0;
    }

    Lags lags() {
        return lags;
    }

    /// How long after what the task does its `k`-th edge counts, in microseconds; mostly 0.
    public long lagMicros(int task, int k) {
        return lags.of(firstEdge[task] + k);
    }

    /// The number of the task's `k`-th edge among all edges of the plan.
    public int edgeNumber(int task, int k) {
        return firstEdge[task] + k;
    }

    /// How many edges come from the task.
    public int successorCount(int task) {
        return firstEdge[task + 1] - firstEdge[task];
    }

    /// Where the task's `k`-th edge leads.
    public int successor(int task, int k) {
        return Edges.target(edges[firstEdge[task] + k]);
    }

    /// What the task's `k`-th edge asks.
    public EdgeKind edgeKind(int task, int k) {
        return Edges.kind(edges[firstEdge[task] + k]);
    }

    public int edgeCount() {
        return edges.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExecutionPlan that
                && name.equals(that.name)
                && version.equals(that.version)
                && about.equals(that.about)
                && steps.equals(that.steps)
                && tasks.equals(that.tasks)
                && scopes.equals(that.scopes)
                && result.equals(that.result)
                && timeoutMicros == that.timeoutMicros
                && maxParallel == that.maxParallel
                && shared.equals(that.shared)
                && ordering.equals(that.ordering)
                && constraints.equals(that.constraints)
                && Arrays.equals(edges, that.edges)
                && Arrays.equals(firstEdge, that.firstEdge)
                && lags.equals(that.lags);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, version, tasks.size(), Arrays.hashCode(edges));
    }

    @Override
    public String toString() {
        return "plan " + name + " (" + tasks.size() + " tasks, " + edges.length + " edges)";
    }
}
