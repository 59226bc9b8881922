package dev.ropewalk.engine;

import dev.ropewalk.EngineException;
import dev.ropewalk.TaskOrder;
import dev.ropewalk.engine.LoopInput.Answer;
import dev.ropewalk.execution.ExecutionState;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.strategy.Factor;
import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Brings to the loop what somebody outside asks of the order of tasks, and waits for it. Safe for use by
/// several threads.
final class Arrangements implements TaskOrder {

    private record Place(LiveExecution execution, int task) {}

    private final Questions questions;
    private final Function<String, SchedulingStrategy> strategies;

    /// @param strategies by name
    Arrangements(Questions questions, Function<String, SchedulingStrategy> strategies) {
        this.questions = questions;
        this.strategies = strategies;
    }

    @Override
    public void useStrategy(String name) {
        arrange(new Arrangement.UseStrategy(strategies.apply(name)));
    }

    @Override
    public void reprioritise(String executionId, String task, Priority priority) {
        Place place = place(executionId, task);
        arrange(new Arrangement.Reprioritise(place.execution(), place.task(), priority));
    }

    @Override
    public List<Factor> explain(String executionId, String task) {
        Place place = place(executionId, task);
        AtomicReference<List<Factor>> seen = new AtomicReference<>(List.of());
        arrange(new Arrangement.Explain(place.execution(), place.task(), seen::set));
        return seen.get();
    }

    private void arrange(Arrangement arrangement) {
        await(questions.askAnyway(
                consumer -> new LoopInput.Arrange(arrangement, () -> consumer.accept(new Answer.Done("", true)))));
    }

    /// @throws EngineException `EXECUTION_UNKNOWN`, `TASK_UNKNOWN`
    private Place place(String executionId, String task) {
        AtomicReference<@Nullable Place> seen = new AtomicReference<>();
        Answer answer = await(questions.ask(consumer -> new LoopInput.Look(
                "",
                executionId,
                execution -> index(execution.state(), task).ifPresent(index -> seen.set(new Place(execution, index))),
                consumer)));
        if (!(answer instanceof Answer.Done)) {
            throw new EngineException(
                    "EXECUTION_UNKNOWN",
                    "there is no execution \"%s\" under way".formatted(executionId),
                    "look at `status` of what is stored");
        }
        Place place = seen.get();
        if (place == null) {
            throw new EngineException(
                    "TASK_UNKNOWN",
                    "execution %s has no task \"%s\"".formatted(executionId, task),
                    "give its path, as events do: `report`, `sub/report`, `each[3]`");
        }
        return place;
    }

    private static OptionalInt index(ExecutionState state, String path) {
        OptionalInt planned = state.plan().indexOf(path);
        if (planned.isPresent()) {
            return planned;
        }
        for (int task = state.plan().taskCount(); task < state.taskCount(); task++) {
            if (state.path(task).equals(path)) {
                return OptionalInt.of(task);
            }
        }
        return OptionalInt.empty();
    }

    private static Answer await(CompletableFuture<Answer> asked) {
        try {
            return asked.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof EngineException known ? known : e;
        }
    }
}
