package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.Optional;

/// What tasks need, taken all together or not at all. Called by the scheduler on the thread that owns
/// it; must not call back.
///
/// @param <E> an execution
public interface Gate<E> {

    /// The lane of tasks that need only a slot.
    Object SLOT_LANE = "slot";

    /// The shape of what the task needs. Tasks of equal lanes get the same answer from [#take] at the
    /// same time, unless it is [Verdict#FULL]; so only the best of a lane is ever asked for.
    ///
    /// @return compared by `equals`; the same object each time is quickest
    Object lane(E execution, int task);

    /// Takes what the task needs if all of it is there.
    Verdict take(E execution, int task, long now);

    /// The order in which a lane's tasks go, if the pool that they need has one of its own.
    default Optional<SchedulingStrategy> strategy(Object lane) {
        return Optional.empty();
    }

    /// The lane of this task has been refused for so long that what becomes free is to be kept for it:
    /// from now on no other lane may take what would let it wait longer. It is the lane's, whichever of
    /// its tasks goes first, and ends when [#take] grants one of them, or with [#unreserve].
    default void reserve(E execution, int task, long now) {}

    /// Nothing of the lane waits any more.
    ///
    /// @param execution and `task`: as in [#reserve]
    default void unreserve(E execution, int task) {}
}
