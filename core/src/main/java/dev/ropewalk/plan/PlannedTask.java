package dev.ropewalk.plan;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A task of a compiled plan, with everything that was inherited filled in.
///
/// @param index its place in [ExecutionPlan#tasks()]
/// @param path its address: `report`, in a sub-plan `sub/report`; a task of a `forEach` that is only
///     the pattern of its items ends in `[*]`
/// @param step the index of its step
/// @param scope the index of the scope in which its expressions are evaluated
/// @param kind what it is
/// @param template whether it is the pattern of a `forEach`'s items and never runs itself
/// @param group the index of the [Kind#FOR_EACH] task whose item pattern it belongs to, or -1
/// @param tool what it calls; empty for kinds other than [Kind#CALL]
/// @param arguments of the tool
/// @param when must hold for the task to run
/// @param conditions of its dependencies, which must hold as well
/// @param items for [Kind#FOR_EACH]: the list over which it expands
/// @param maxItems for [Kind#FOR_EACH]: the longest list that is accepted
/// @param retry when a failed attempt is followed by another
/// @param timeoutMicros of one attempt; 0 for none
/// @param onFailure what its final failure means
/// @param fallback the index of the task that runs when this one has failed, or -1
/// @param priority data for the scheduler
/// @param estimatedMicros the author's estimate of one attempt; 0 if there is none
/// @param onLost what happens when an attempt is lost
/// @param needs what an attempt takes beside a slot; [Needs#NONE] itself for all that need no more
/// @param constraints when it may run and must have ended
/// @param about what people say of it
public record PlannedTask(
        int index,
        String path,
        int step,
        int scope,
        Kind kind,
        boolean template,
        int group,
        String tool,
        Template arguments,
        Optional<Template.Expression> when,
        List<Template.Expression> conditions,
        Optional<Template> items,
        int maxItems,
        RetryPolicy retry,
        long timeoutMicros,
        OnFailure onFailure,
        int fallback,
        Priority priority,
        long estimatedMicros,
        OnLost onLost,
        Needs needs,
        Constraints constraints,
        Documentation about) {

    /// The built-in tool whose result is the value of its arguments: the end of a sub-plan, and a
    /// gate in front of it.
    public static final String VALUE_TOOL = "ropewalk:value";

    public enum Kind {
        /// Calls a tool.
        CALL,
        /// Expands into items when it is ready, and ends when they have ended; its result is the list
        /// of theirs.
        FOR_EACH,
        /// Only an end to which edges lead: of a step. It ends by itself and is not counted.
        BARRIER,
        /// As [#BARRIER], but it ends with the first of its edges: the start of a step.
        START_BARRIER
    }

    public enum OnFailure {
        /// The step's error policy decides.
        FAIL,
        /// The task counts as skipped, with its failure kept.
        SKIP,
        /// Another task runs in its place; its result stands for this one's.
        FALLBACK
    }

    public PlannedTask {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(needs, "needs");
        conditions = List.copyOf(conditions);
    }

    /// Whether it is decided, when all that holds its start is through, if it runs.
    public boolean conditional() {
        return when.isPresent() || !conditions.isEmpty();
    }

    /// Whether it has no attempts and ends by itself.
    public boolean barrier() {
        return kind == Kind.BARRIER || kind == Kind.START_BARRIER;
    }

    /// Whether people count it: neither a barrier nor the pattern of items.
    public boolean counted() {
        return !barrier() && !template;
    }
}
