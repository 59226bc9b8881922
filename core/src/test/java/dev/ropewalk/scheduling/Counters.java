package dev.ropewalk.scheduling;

import dev.ropewalk.strategy.SchedulingStrategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/// A gate of counted resources. A lane is a list of resources, of each of which its tasks take an
/// amount.
final class Counters implements Gate<Waiting> {

    /// Something with room for so many, which may be closed until a time.
    static final class Resource {
        final String name;
        int free;
        long closedUntil;

        Resource(String name, int free) {
            this.name = name;
            this.free = free;
        }

        @Override
        public String toString() {
            return name + ":" + free;
        }
    }

    /// A shape of demand.
    record Demand(Resource resource, int amount) {}

    /// What a lane needs.
    record Shape(String name, List<Demand> demands) {
        static final Shape NOTHING = new Shape("nothing", List.of());
    }

    /// A call that the scheduler made.
    record Reservation(String execution, int task, long at, boolean begins) {}

    final BiFunction<Waiting, Integer, Shape> shapes;
    final Map<Shape, SchedulingStrategy> strategies = new HashMap<>();
    final List<Reservation> reservations = new ArrayList<>();
    int asked;

    Counters(BiFunction<Waiting, Integer, Shape> shapes) {
        this.shapes = shapes;
    }

    /// Everything fits always.
    static Counters open() {
        return new Counters((_, _) -> Shape.NOTHING);
    }

    @Override
    public Object lane(Waiting execution, int task) {
        return shapes.apply(execution, task);
    }

    @Override
    public Optional<SchedulingStrategy> strategy(Object lane) {
        return Optional.ofNullable(strategies.get(lane));
    }

    /// The answer that [#take] would give, without taking.
    Verdict look(Waiting execution, int task, long now) {
        if (execution.running >= execution.maxParallel) {
            return Verdict.FULL;
        }
        for (Demand demand : shapes.apply(execution, task).demands()) {
            if (demand.resource().closedUntil > now) {
                return new Verdict.Refused(demand.resource(), demand.resource().closedUntil);
            }
            if (demand.resource().free < demand.amount()) {
                return new Verdict.Refused(demand.resource(), Long.MAX_VALUE);
            }
        }
        return Verdict.SLOT;
    }

    @Override
    public Verdict take(Waiting execution, int task, long now) {
        asked++;
        Verdict verdict = look(execution, task, now);
        if (verdict instanceof Verdict.Granted) {
            execution.running++;
            shapes.apply(execution, task).demands().forEach(demand -> demand.resource().free -= demand.amount());
        }
        return verdict;
    }

    @Override
    public void reserve(Waiting execution, int task, long now) {
        reservations.add(new Reservation(execution.name, task, now, true));
    }

    @Override
    public void unreserve(Waiting execution, int task) {
        reservations.add(new Reservation(execution.name, task, 0, false));
    }
}
