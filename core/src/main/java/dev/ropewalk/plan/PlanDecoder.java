package dev.ropewalk.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Reads what a [PlanEncoder] wrote, and checks everything on which others rely: indexes are valid, and
/// the edges have no circle.
final class PlanDecoder {

    private static final int MAX_DEPTH = 256;

    private final ByteReader in;
    private final SharedDecoder shared;
    private final List<RetryPolicy> retries = new ArrayList<>();
    private int version;
    private int steps;
    private int tasks;
    private int scopes;

    PlanDecoder(byte[] bytes) {
        this.in = new ByteReader(bytes);
        this.shared = new SharedDecoder(in);
    }

    ExecutionPlan decode() {
        for (int c : PlanFormat.MAGIC) {
            if (in.oneByte() != c) {
                throw in.corrupt("it does not begin as a plan does");
            }
        }
        long found = in.number();
        if (found < 1 || found > PlanFormat.VERSION) {
            throw new CorruptPlanException(
                    CorruptPlanException.TOO_NEW,
                    "the stored plan has the format %s, and this version of Ropewalk reads 1 to %d; use the version that wrote it"
                            .formatted(Long.toUnsignedString(found), PlanFormat.VERSION));
        }
        version = (int) found;
        String name = in.text();
        String planVersion = in.text();
        Documentation about = about();
        long timeoutMicros = in.amount("timeout");
        int maxParallel = in.number(Integer.MAX_VALUE, "maxParallel");
        Ordering ordering = version >= 2 ? shared.ordering() : Ordering.NONE;
        SharedResources resources = version >= 2 ? shared.resources() : SharedResources.NONE;
        List<Scope> scopeList = in.list(this::scope);
        steps = in.number(in.remaining(), "count of steps");
        tasks = in.number(in.remaining(), "count of tasks");
        List<PlannedStep> stepList = new ArrayList<>();
        for (int i = 0; i < steps; i++) {
            stepList.add(step(i));
        }
        List<PlannedTask> taskList = new ArrayList<>();
        for (int i = 0; i < tasks; i++) {
            taskList.add(task(i));
        }
        Template result = template(0);
        Edges edges = edges();
        Constraints constraints = Constraints.NONE;
        if (version > 1) {
            edges = withLags(edges);
            constraints = ConstraintsFormat.read(in);
        }
        in.end();
        refuseCircles(edges, taskList);
        return new ExecutionPlan(
                name,
                planVersion,
                about,
                stepList,
                taskList,
                scopeList,
                result,
                timeoutMicros,
                maxParallel,
                resources,
                ordering,
                constraints,
                edges);
    }

    private Scope scope() {
        int parent = in.number(scopes, "scope") - 1;
        scopes++;
        return new Scope(parent, in.text(), entries(0));
    }

    private PlannedStep step(int index) {
        String path = in.text();
        StepMode mode = in.constant(PlanCodes.MODES, "mode");
        OnError onError = in.constant(PlanCodes.ON_ERROR, "onError");
        int maxRetries = in.number(Integer.MAX_VALUE, "maxRetries");
        int barrier = in.number(tasks, "barrier") - 1;
        Documentation about = about();
        int[] last = {0};
        List<Integer> members = in.list(() -> last[0] = task(last[0] + in.signed()));
        return new PlannedStep(index, path, mode, onError, maxRetries, members, barrier, about);
    }

    private int task(long index) {
        if (index < 0 || index >= tasks) {
            throw in.corrupt("there is no task %d".formatted(index));
        }
        return (int) index;
    }

    private PlannedTask task(int index) {
        String path = in.text();
        int step = in.number(steps - 1, "step");
        int scope = in.number(scopes - 1, "scope");
        PlannedTask.Kind kind = in.constant(PlanCodes.KINDS, "kind");
        int has = in.number(version == 1 ? PlanCodes.ALL_OF_VERSION_1 : PlanCodes.ALL, "flags");
        int group = (has & PlanCodes.GROUP) != 0 ? in.number(tasks - 1, "group") : -1;
        String tool = (has & PlanCodes.TOOL) != 0 ? in.text() : "";
        Template arguments = (has & PlanCodes.ARGUMENTS) != 0 ? template(0) : Template.NULL;
        Optional<Template.Expression> when =
                (has & PlanCodes.WHEN) != 0 ? Optional.of(new Template.Expression(in.text())) : Optional.empty();
        List<Template.Expression> conditions =
                (has & PlanCodes.CONDITIONS) != 0 ? in.list(() -> new Template.Expression(in.text())) : List.of();
        Optional<Template> items = (has & PlanCodes.ITEMS) != 0 ? Optional.of(template(0)) : Optional.empty();
        int maxItems = items.isPresent() ? in.number(Integer.MAX_VALUE, "maxItems") : 0;
        RetryPolicy retry = (has & PlanCodes.RETRY) != 0 ? retry() : RetryPolicy.NONE;
        long timeout = (has & PlanCodes.TIMEOUT) != 0 ? in.amount("timeout") : 0;
        PlannedTask.OnFailure onFailure = PlannedTask.OnFailure.FAIL;
        int fallback = -1;
        if ((has & PlanCodes.FAILURE) != 0) {
            onFailure = in.constant(PlanCodes.ON_FAILURE, "onFailure");
            fallback = in.number(tasks, "fallback") - 1;
        }
        return new PlannedTask(
                index,
                path,
                step,
                scope,
                kind,
                (has & PlanCodes.TEMPLATE) != 0,
                group,
                tool,
                arguments,
                when,
                conditions,
                items,
                maxItems,
                retry,
                timeout,
                onFailure,
                fallback,
                (has & PlanCodes.PRIORITY) != 0 ? in.constant(PlanCodes.PRIORITIES, "priority") : Priority.NORMAL,
                (has & PlanCodes.ESTIMATE) != 0 ? in.amount("estimate") : 0,
                (has & PlanCodes.LOST) != 0 ? in.constant(PlanCodes.ON_LOST, "onLost") : OnLost.RERUN,
                (has & PlanCodes.NEEDS) != 0 ? shared.needs() : Needs.NONE,
                (has & PlanCodes.CONSTRAINTS) != 0 ? ConstraintsFormat.read(in) : Constraints.NONE,
                (has & PlanCodes.ABOUT) != 0 ? about() : Documentation.NONE);
    }

    private RetryPolicy retry() {
        int known = in.number(retries.size(), "retry policy");
        if (known > 0) {
            return retries.get(known - 1);
        }
        RetryPolicy retry = new RetryPolicy(
                in.number(Integer.MAX_VALUE, "maxRetries"),
                duration(),
                Double.longBitsToDouble(in.fixed()),
                Double.longBitsToDouble(in.fixed()),
                duration(),
                in.list(in::text),
                in.list(this::rule));
        retries.add(retry);
        return retry;
    }

    private RetryPolicy.Rule rule() {
        List<String> on = in.list(in::text);
        int maxRetries = in.number(Integer.MAX_VALUE, "maxRetries");
        boolean delay = in.number(1, "flag") == 1;
        return new RetryPolicy.Rule(
                on,
                maxRetries == 0 ? OptionalInt.empty() : OptionalInt.of(maxRetries - 1),
                delay ? Optional.of(duration()) : Optional.empty());
    }

    private Duration duration() {
        long seconds = in.signed();
        return Duration.ofSeconds(seconds, in.number(999_999_999, "nanoseconds"));
    }

    private Documentation about() {
        String name = in.text();
        String description = in.text();
        List<String> tags = in.list(in::text);
        Payload metadata = payload(in.oneByte());
        if (!Documentation.isMetadata(metadata)) {
            throw in.corrupt("metadata that is not a JSON object");
        }
        return new Documentation(name, description, tags, metadata);
    }

    private Template template(int depth) {
        if (depth > MAX_DEPTH) {
            throw in.corrupt("a value nested deeper than " + MAX_DEPTH + " levels");
        }
        int tag = in.oneByte();
        return switch (tag) {
            case PlanCodes.EXPRESSION -> new Template.Expression(in.text());
            case PlanCodes.RESULT_OF -> new Template.ResultOf(in.text());
            case PlanCodes.TEXT -> new Template.Text(in.list(() -> template(depth + 1)));
            case PlanCodes.SEQUENCE -> new Template.Sequence(in.list(() -> template(depth + 1)));
            case PlanCodes.MAPPING -> new Template.Mapping(entries(depth + 1));
            default -> new Template.Literal(payload(tag));
        };
    }

    private List<Template.Entry> entries(int depth) {
        return in.list(() -> new Template.Entry(in.text(), template(depth)));
    }

    private Payload payload(int tag) {
        return switch (tag) {
            case PlanCodes.NULL -> Payload.NULL;
            case PlanCodes.EMPTY_OBJECT -> Payload.EMPTY_OBJECT;
            case PlanCodes.JSON -> Payload.of(in.bytes(), Payload.JSON);
            case PlanCodes.OTHER -> {
                String contentType = in.text();
                yield Payload.of(in.bytes(), contentType);
            }
            default -> throw in.corrupt("there is no kind of value " + tag);
        };
    }

    private Edges edges() {
        Edges edges = new Edges();
        for (int task = 0; task < tasks; task++) {
            int count = in.number(in.remaining(), "count of edges");
            for (int k = 0; k < count; k++) {
                long packed = in.signed();
                int kind = (int) packed & (1 << PlanCodes.EDGE_BITS) - 1;
                if (kind >= PlanCodes.EDGES.size()) {
                    throw in.corrupt("there is no kind of edge " + kind);
                }
                edges.add(task, task(task + (packed >> PlanCodes.EDGE_BITS)), PlanCodes.EDGES.get(kind));
            }
        }
        return edges;
    }

    /// The edges come sorted by origin, so the lags can be put to them as they are added again.
    private Edges withLags(Edges edges) {
        int count = in.number(edges.size(), "count of lags");
        if (count == 0) {
            return edges;
        }
        Edges lagged = new Edges();
        int next = 0;
        long edge = 0;
        for (int i = 0; i < count; i++) {
            edge += in.number(edges.size(), "edge with a lag");
            long lag = in.amount("lag");
            if (edge >= edges.size() || edge < next || lag == 0) {
                throw in.corrupt("a lag without its edge");
            }
            for (; next < edge; next++) {
                lagged.add(edges.origin(next), edges.targetOf(next), edges.kindOf(next));
            }
            lagged.add(edges.origin(next), edges.targetOf(next), edges.kindOf(next), lag);
            next++;
        }
        for (; next < edges.size(); next++) {
            lagged.add(edges.origin(next), edges.targetOf(next), edges.kindOf(next));
        }
        return lagged;
    }

    private void refuseCircles(Edges edges, List<PlannedTask> taskList) {
        int[] fallback = taskList.stream().mapToInt(PlannedTask::fallback).toArray();
        if (!new CycleSearch(edges, fallback).found().isEmpty()) {
            throw in.corrupt("its edges form a circle");
        }
    }
}
