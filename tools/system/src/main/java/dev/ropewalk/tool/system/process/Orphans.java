package dev.ropewalk.tool.system.process;

import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Processes that attempts of an earlier run left behind, recognised by their mark alone.
public final class Orphans {
    private final ProcessTable table;
    private final String markPrefix;

    /// @param markPrefix with what the values of [ProcessTable#MARK] begin; not empty, because that
    ///     would be every marked process of every store
    public Orphans(ProcessTable table, String markPrefix) {
        if (markPrefix.isEmpty()) {
            throw new IllegalArgumentException("the prefix of the marks of orphans must not be empty");
        }
        this.table = table;
        this.markPrefix = markPrefix;
    }

    /// Ends every process with such a mark and all their children: SIGTERM, after `grace` SIGKILL.
    ///
    /// @return false if something survived even that for ten seconds
    public boolean end(Duration grace) {
        return new Signals(table).end(this::find, grace, Optional.empty());
    }

    /// Never ourselves nor those from whom we descend: an engine can run inside a task of another.
    List<ProcessEntry> find() {
        List<ProcessEntry> snapshot = table.snapshot();
        Set<Long> ours = ourLine(snapshot);
        Map<Long, ProcessEntry> found = new LinkedHashMap<>();
        for (ProcessEntry entry : snapshot) {
            if (entry.alive() && !ours.contains(entry.pid()) && isMarked(entry)) {
                found.put(entry.pid(), entry);
            }
        }
        ProcessTree.addChildren(snapshot, found);
        return found.values().stream()
                .filter(entry -> !ours.contains(entry.pid()))
                .toList();
    }

    private boolean isMarked(ProcessEntry entry) {
        return table.mark(entry).filter(mark -> mark.startsWith(markPrefix)).isPresent();
    }

    private static Set<Long> ourLine(List<ProcessEntry> snapshot) {
        Map<Long, Long> parents = new LinkedHashMap<>();
        snapshot.forEach(entry -> parents.put(entry.pid(), entry.parent()));
        Set<Long> line = new HashSet<>();
        Long pid = ProcessHandle.current().pid();
        while (pid != null && line.add(pid)) {
            pid = parents.get(pid);
        }
        return line;
    }
}
