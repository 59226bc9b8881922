package dev.ropewalk.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/// One measured figure: the median of several runs.
///
/// @param workload `W1` … `W7`, or `limit` for what the machine itself can do
/// @param store `sqlite` or `memory`; `none` for limits
/// @param n how many tasks, executions or operations one run had
record Figure(String workload, String store, int n, String metric, double value, String unit) {

    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("workload", workload);
        map.put("store", store);
        map.put("n", (long) n);
        map.put("metric", metric);
        map.put("value", Math.round(value * 1e4) / 1e4);
        map.put("unit", unit);
        return map;
    }
}
