package dev.ropewalk.testkit.simulation;

import dev.ropewalk.testkit.SeededRandom;
import dev.ropewalk.testkit.plans.Feature;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What one simulated run is made of.
///
/// Each seed allows some faults and features only: a run in which everything may happen at once hides
/// what takes a long quiet time.
/// Source: Groce et al., "Swarm Testing", ISSTA 2012.
///
/// @param faults that may happen
/// @param features that plans may use
/// @param maxTasks of one plan as written
/// @param executions that clients submit
/// @param maxCrashes how often the process may end
public record SimulationOptions(
        long seed, Set<Fault> faults, Set<Feature> features, int maxTasks, int executions, int maxCrashes) {

    private static final long SWARM = 1;
    private static final long SWARM_SHARING = 5;

    public SimulationOptions {
        faults = Collections.unmodifiableSet(copy(faults, Fault.class));
        features = Collections.unmodifiableSet(copy(features, Feature.class));
    }

    private static <E extends Enum<E>> EnumSet<E> copy(Set<E> values, Class<E> type) {
        EnumSet<E> copy = EnumSet.noneOf(type);
        copy.addAll(values);
        return copy;
    }

    /// What the seed draws.
    public static SimulationOptions of(long seed) {
        SeededRandom random = SeededRandom.of(seed, SWARM);
        Set<Fault> faults = subset(Fault.values(), random);
        Set<Feature> features = subset(
                Arrays.stream(Feature.values())
                        .filter(feature -> !Feature.SHARING.contains(feature))
                        .toArray(Feature[]::new),
                random);
        features.addAll(sharing(SeededRandom.of(seed, SWARM_SHARING)));
        return new SimulationOptions(
                seed, faults, features, (int) random.skewed(2, 20), 1 + random.below(3), (int) random.skewed(1, 6));
    }

    private static Set<Feature> sharing(SeededRandom random) {
        return random.percent(50)
                ? subset(Feature.SHARING.toArray(Feature[]::new), random)
                : EnumSet.noneOf(Feature.class);
    }

    private static <E extends Enum<E>> Set<E> subset(E[] all, SeededRandom random) {
        EnumSet<E> subset = EnumSet.noneOf(all[0].getDeclaringClass());
        int percent = random.pick(List.of(20, 50, 80));
        for (E each : all) {
            if (random.percent(percent)) {
                subset.add(each);
            }
        }
        return subset;
    }

    /// What [#toString()] gave.
    public static SimulationOptions parse(String text) {
        String[] parts = text.strip().split(" ", -1);
        return new SimulationOptions(
                Long.parseLong(value(parts[0])),
                set(Fault.class, value(parts[1])),
                set(Feature.class, value(parts[2])),
                Integer.parseInt(value(parts[3])),
                Integer.parseInt(value(parts[4])),
                Integer.parseInt(value(parts[5])));
    }

    private static String value(String part) {
        return part.substring(part.indexOf('=') + 1);
    }

    private static <E extends Enum<E>> Set<E> set(Class<E> type, String names) {
        EnumSet<E> set = EnumSet.noneOf(type);
        for (String name : names.split(",", -1)) {
            if (!name.isEmpty()) {
                set.add(Enum.valueOf(type, name));
            }
        }
        return set;
    }

    /// On one line, without quotes or brackets, to be handed over on a command line.
    @Override
    public String toString() {
        return "seed=%d faults=%s features=%s tasks=%d executions=%d crashes=%d"
                .formatted(seed, names(faults), names(features), maxTasks, executions, maxCrashes);
    }

    private static String names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).collect(Collectors.joining(","));
    }

    public SimulationOptions without(Fault fault) {
        EnumSet<Fault> fewer = copy(faults, Fault.class);
        fewer.remove(fault);
        return new SimulationOptions(seed, fewer, features, maxTasks, executions, maxCrashes);
    }

    public SimulationOptions without(Feature feature) {
        EnumSet<Feature> fewer = copy(features, Feature.class);
        fewer.remove(feature);
        return new SimulationOptions(seed, faults, fewer, maxTasks, executions, maxCrashes);
    }

    public SimulationOptions withMaxTasks(int tasks) {
        return new SimulationOptions(seed, faults, features, tasks, executions, maxCrashes);
    }

    public SimulationOptions withExecutions(int count) {
        return new SimulationOptions(seed, faults, features, maxTasks, count, maxCrashes);
    }

    public SimulationOptions withMaxCrashes(int crashes) {
        return new SimulationOptions(seed, faults, features, maxTasks, executions, crashes);
    }
}
