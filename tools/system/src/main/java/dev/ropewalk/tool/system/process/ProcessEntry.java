package dev.ropewalk.tool.system.process;

/// One process in a snapshot of the system's table.
///
/// @param started when it started, in a unit of the table's; together with `pid` it tells one
///     process from a later one that got the same number
/// @param alive false for a zombie, which has ended and only waits to be collected by its parent
/// @param cpuMillis CPU time of the process and of all children it has waited for; 0 if the table
///     does not know
public record ProcessEntry(
        long pid, long parent, long group, long session, long started, boolean alive, long cpuMillis) {

    boolean isSame(ProcessEntry other) {
        return pid == other.pid && started == other.started;
    }
}
