package dev.ropewalk.benchmark;

import dev.ropewalk.value.Json;
import dev.ropewalk.value.ValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// Holds the figures of a run against those of an earlier one. Machines differ and are noisy, so what is
/// compared is each figure relative to a limit that was measured in the same run: times to the time of
/// one SQLite commit, rates to the rate of SQLite in groups of 1,000; in memory to virtual threads. Memory
/// and speed-ups are compared as they are.
final class Comparison {

    private final Map<String, Double> earlier;

    private Comparison(Map<String, Double> earlier) {
        this.earlier = earlier;
    }

    /// @throws IllegalArgumentException if it is not what `--json` prints
    static Comparison of(byte[] json) {
        try {
            if (!(Json.read(json) instanceof List<?> list)) {
                throw new IllegalArgumentException("not an array");
            }
            List<Figure> figures = new ArrayList<>();
            for (Object each : list) {
                if (!(each instanceof Map<?, ?> map
                        && map.get("workload") instanceof String workload
                        && map.get("store") instanceof String store
                        && map.get("n") instanceof Long n
                        && map.get("metric") instanceof String metric
                        && map.get("value") instanceof Number value
                        && map.get("unit") instanceof String unit)) {
                    throw new IllegalArgumentException("an element is not a figure: " + each);
                }
                figures.add(new Figure(workload, store, n.intValue(), metric, value.doubleValue(), unit));
            }
            return new Comparison(costs(figures));
        } catch (ValueException e) {
            throw new IllegalArgumentException(e.message(), e);
        }
    }

    /// The figures that cost more than `bound` times what they did, relative to the limits.
    List<String> worse(List<Figure> now, double bound) {
        List<String> worse = new ArrayList<>();
        costs(now).forEach((name, cost) -> {
            Double before = earlier.get(name);
            if (before != null && cost > before * bound) {
                worse.add(String.format(
                        Locale.ROOT,
                        "%s costs %.2f times what it did, relative to the limits of its run (bound %.2f)",
                        name,
                        cost / before,
                        bound));
            }
        });
        return worse;
    }

    /// What each figure costs, relative to the limits of its run; more is worse.
    private static Map<String, Double> costs(List<Figure> figures) {
        Map<String, Double> limits = new HashMap<>();
        figures.stream()
                .filter(figure -> figure.workload().equals("limit"))
                .forEach(figure -> limits.put(figure.metric(), figure.value()));
        Map<String, Double> costs = new TreeMap<>();
        for (Figure figure : figures) {
            Double limit = limits.get(limitOf(figure));
            if (!figure.workload().equals("limit") && limit != null) {
                costs.put(figure.workload() + " " + figure.store() + " " + figure.metric(), cost(figure, limit));
            }
        }
        return costs;
    }

    private static double cost(Figure figure, double limit) {
        return switch (figure.unit()) {
            case "ms" -> figure.value() * limit;
            case "1/s" -> limit / figure.value();
            case "x" -> 1 / figure.value();
            default -> figure.value(); // memory is the same on every machine
        };
    }

    private static String limitOf(Figure figure) {
        if (!figure.store().equals("sqlite")) {
            return "vthread_tasks_per_s";
        }
        return figure.unit().equals("ms") ? "sqlite_commit1_rows_per_s" : "sqlite_commit1000_rows_per_s";
    }
}
