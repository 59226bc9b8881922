package dev.ropewalk.tool.system.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The processes of one attempt: the one that was started and whatever came out of it.
///
/// No single trace leads to all of them. A child can outlive its parent and loses it then; a daemon
/// leaves the group and the session; a program can be started with an empty environment. So a
/// process is a member if it
///
/// - is in the group or session that the first process leads, or
/// - has a member as its parent, or
/// - carries the attempt's mark in its environment, or
/// - was a member when we looked before.
///
/// What escapes all four is a process that was never seen, left the session, lost its parent *and*
/// cleared its environment. Only a container or a cgroup holds such a program.
///
/// Safe for use by several threads.
public final class ProcessTree {
    private static final long GONE = Long.MIN_VALUE;

    /// In so short a time no system gives out all its numbers, of which it has at least 32,768.
    private static final long YOUNG_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final ProcessTable table;
    private final long root;
    private final long rootStarted;
    private final String mark;
    private final boolean leadsGroup;
    private final long self = ProcessHandle.current().pid();
    private final long launched = System.nanoTime();
    private final Map<Long, Long> seen = new HashMap<>();

    /// @param root the process that was started
    /// @param mark what it has in its environment as [ProcessTable#MARK]
    /// @param leadsGroup whether it leads a process group of its own
    public ProcessTree(ProcessTable table, Process root, String mark, boolean leadsGroup) {
        this.table = table;
        this.root = root.pid();
        this.rootStarted = table.find(this.root).map(ProcessEntry::started).orElse(GONE);
        this.mark = mark;
        this.leadsGroup = leadsGroup;
    }

    /// Whether none is alive now. All members are younger than the first process, so in a young tree
    /// only younger processes are looked at; in an old one their numbers may have come round.
    public boolean isEmpty() {
        boolean young = System.nanoTime() - launched < YOUNG_NANOS;
        return members(young ? table.since(root) : table.snapshot(), true).isEmpty();
    }

    /// Those alive now.
    public List<ProcessEntry> members() {
        return members(table.snapshot(), true);
    }

    /// @param byMark whether to read environments too, which costs more than all the rest
    synchronized List<ProcessEntry> members(List<ProcessEntry> snapshot, boolean byMark) {
        boolean groupIsOurs = leadsGroup
                && snapshot.stream().noneMatch(entry -> entry.pid() == root && entry.started() != rootStarted);
        Map<Long, ProcessEntry> members = new LinkedHashMap<>();
        for (ProcessEntry entry : snapshot) {
            if (entry.alive() && entry.pid() != self && isMember(entry, groupIsOurs, byMark)) {
                members.put(entry.pid(), entry);
            }
        }
        addChildren(snapshot, members);
        seen.clear();
        members.values().forEach(entry -> seen.put(entry.pid(), entry.started()));
        return List.copyOf(members.values());
    }

    private boolean isMember(ProcessEntry entry, boolean groupIsOurs, boolean byMark) {
        Long seenStart = seen.get(entry.pid());
        return (seenStart != null && seenStart == entry.started())
                || (entry.pid() == root && entry.started() == rootStarted)
                || (groupIsOurs && (entry.group() == root || entry.session() == root))
                || (byMark
                        && entry.started() >= rootStarted
                        && table.mark(entry).filter(mark::equals).isPresent());
    }

    static void addChildren(List<ProcessEntry> snapshot, Map<Long, ProcessEntry> members) {
        List<ProcessEntry> others = new ArrayList<>(snapshot);
        boolean grew = !members.isEmpty();
        while (grew) {
            grew = others.removeIf(entry -> {
                boolean child = entry.alive() && members.containsKey(entry.parent());
                return child && members.putIfAbsent(entry.pid(), entry) == null;
            });
        }
    }

    /// Ends all members: SIGTERM, and after `grace` SIGKILL, repeated until none is left. Must not
    /// run on a thread that others interrupt.
    ///
    /// @return false if something survived even that for ten seconds
    public boolean end(Duration grace) {
        return new Signals(table).end(this::members, grace, leadsGroup ? Optional.of(root) : Optional.empty());
    }
}
