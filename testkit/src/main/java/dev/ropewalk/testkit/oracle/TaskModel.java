package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.SkipReason;
import dev.ropewalk.execution.StoredValue;
import dev.ropewalk.plan.PlannedTask;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is known of one task, by the events alone.
final class TaskModel {

    final int index;
    final PlannedTask definition;
    final String path;

    /// The `forEach` whose item it runs for; null for a task of the plan itself.
    final @Nullable TaskModel owner;

    final int item;

    Stand stand = Stand.PENDING;
    int generation;
    int attempts;
    int failures;
    int losses;
    int accepted;
    boolean lostInGeneration;
    long due;

    /// When its last attempt started.
    long startedAt;

    /// When its first attempt started, or its items, in whatever generation; 0 if none did.
    long firstStartedAt;

    /// Whether it has started in this generation.
    boolean started;

    /// When it got its final stand.
    long endedAt;

    /// The verdict of its condition in this generation, once it is known.
    @Nullable
    Boolean condition;

    @Nullable
    Failure failure;

    /// Whether the failure was reported by an attempt, so that its policy may ask for another.
    boolean failureReported;

    @Nullable
    StoredValue result;

    @Nullable
    SkipReason skip;

    int skipCause = -1;

    /// For a `forEach` that has expanded: item by item, in the order of its patterns.
    final List<TaskModel> items = new ArrayList<>();

    int itemCount;

    @Nullable
    StoredValue itemList;

    TaskModel(int index, PlannedTask definition, String path, @Nullable TaskModel owner, int item) {
        this.index = index;
        this.definition = definition;
        this.path = path;
        this.owner = owner;
        this.item = item;
    }

    boolean isBarrier() {
        return definition.kind() == PlannedTask.Kind.BARRIER || isStartBarrier();
    }

    /// Whether it stands for the start of a step.
    boolean isStartBarrier() {
        return definition.kind() == PlannedTask.Kind.START_BARRIER;
    }

    boolean isForEach() {
        return definition.kind() == PlannedTask.Kind.FOR_EACH;
    }

    /// Whether it only describes items and never runs itself.
    boolean isPattern() {
        return owner == null && definition.template();
    }

    boolean toleratesFailure() {
        return definition.onFailure() == PlannedTask.OnFailure.SKIP;
    }

    boolean isConditional() {
        return definition.when().isPresent() || !definition.conditions().isEmpty();
    }

    boolean skippedBecauseOfFailure() {
        return stand == Stand.SKIPPED && skip == SkipReason.UPSTREAM_FAILED;
    }

    /// The step runs again.
    void renew() {
        stand = Stand.PENDING;
        generation++;
        failures = 0;
        losses = 0;
        accepted = 0;
        lostInGeneration = false;
        condition = null;
        started = false;
        endedAt = 0;
        failure = null;
        failureReported = false;
        result = null;
        skip = null;
        skipCause = -1;
        items.clear();
        itemCount = 0;
        itemList = null;
    }

    @Override
    public String toString() {
        return "task %d (%s, generation %d, attempt %d, %s)".formatted(index, path, generation, attempts, stand);
    }
}
