package dev.ropewalk.agent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The agents of an engine: who they are, what they run, what was measured of them, and who is best for
/// a task. Owned by the loop. Times are microseconds since 1970.
///
/// Agents bind late: a task gets its agent when it starts, so whatever waits is placed anew each time
/// that an agent comes, goes, gets room or changes; [#changed()] says who should ask again.
///
/// **Waiting for a faster agent.** If only slower agents are free, a task may wait for a busy one. That
/// is worth it if the busy one would have done this task and all that wait behind it before the slow
/// one is done with this task alone: else the slow agent would shorten the whole. The wait is bounded
/// by when the busy agent is expected to have room, and in sum by [RoutingOptions#maxWaitMicros()].
/// Source: W. Lin, P. R. Kumar, "Optimal control of a queueing system with two heterogeneous servers",
/// IEEE TAC 29(8), 1984: the slow server is used from a threshold of the queue's length on.
///
/// What it remembers is bounded: of demands, of keys, of tools per agent and overall.
public final class AgentRegistry {

    private static final int DEMANDS = 4_096;
    private static final int KEYS = 100_000;
    private static final int NAMED = 8;

    private RoutingOptions options;
    private final TreeMap<String, Member> members = new TreeMap<>();
    private final Crews crews;
    private final Contention contention = new Contention();
    private final ToolTimes times = new ToolTimes();
    private final Map<String, Member> keys;
    private long leases;
    private long nextSilence = Long.MAX_VALUE;

    public AgentRegistry(RoutingOptions options) {
        this(options, DEMANDS, KEYS);
    }

    AgentRegistry(RoutingOptions options, int demands, int remembered) {
        this.options = options;
        this.crews = new Crews(demands);
        this.keys = new Bounded<>(remembered);
    }

    /// Chooses by other weights from now on. How fast what was measured is forgotten changes for agents
    /// that come later.
    public void route(RoutingOptions other) {
        options = other;
        members.values().forEach(crews::wake);
    }

    /// Adds an agent, or changes what a known one says of itself; what it runs goes on. Either way it
    /// has been heard of, and is there.
    public void register(AgentProfile profile, long now) {
        Member known = members.get(profile.name());
        Member member = known != null ? known : new Member(profile, new Experience(options.forgetMicros()), now);
        if (known != null) {
            absent(known);
            crews.leave(known);
        }
        member.profile = profile;
        member.draining = false;
        member.offline = false;
        heard(member, now);
        members.put(profile.name(), member);
        crews.join(member);
        present(member);
    }

    /// Forgets the agent. What it runs is lost, and its leases are to be released.
    ///
    /// @return whether it was known
    public boolean unregister(String name) {
        Member member = members.remove(name);
        if (member == null) {
            return false;
        }
        absent(member);
        member.registered = false;
        crews.leave(member);
        return true;
    }

    /// Gives the agent nothing more; what it runs goes on.
    public boolean drain(String name) {
        return change(name, member -> member.draining = true);
    }

    /// Gives a draining agent work again.
    public boolean resume(String name) {
        return change(name, member -> member.draining = false);
    }

    /// The agent said that it is gone: what it runs is lost.
    public boolean offline(String name) {
        return change(name, member -> member.offline = true);
    }

    /// The agent is alive. One that was gone is there again.
    public boolean heartbeat(String name, long now) {
        Member member = members.get(name);
        if (member == null) {
            return false;
        }
        heard(member, now);
        return !member.offline || change(name, back -> back.offline = false);
    }

    private void heard(Member member, long now) {
        member.lastHeard = now;
        long silence = member.profile.silenceMicros();
        if (silence > 0) {
            nextSilence = Math.min(nextSilence, now + silence);
        }
    }

    private boolean change(String name, Consumer<Member> how) {
        Member member = members.get(name);
        if (member == null) {
            return false;
        }
        absent(member);
        how.accept(member);
        present(member);
        crews.wake(member);
        return true;
    }

    private void present(Member member) {
        member.uses = member.isThere() ? contention.join(member.profile, member.leases.size()) : List.of();
    }

    private void absent(Member member) {
        contention.leave(member.uses, member.profile, member.leases.size());
        member.uses = List.of();
    }

    /// Notices who has not been heard of for too long.
    ///
    /// @return the names of those that are gone since the last call, in order: what they run is lost
    public List<String> tick(long now) {
        if (now < nextSilence) {
            return List.of();
        }
        List<String> gone = new ArrayList<>();
        nextSilence = Long.MAX_VALUE;
        for (Member member : members.values()) {
            long silence = member.profile.silenceMicros();
            if (silence == 0 || member.offline) {
                continue;
            }
            if (now - member.lastHeard >= silence) {
                gone.add(member.name());
            } else {
                nextSilence = Math.min(nextSilence, member.lastHeard + silence);
            }
        }
        gone.forEach(this::offline);
        return gone;
    }

    /// When to call [#tick] next; [Long#MAX_VALUE] if no agent promises heartbeats.
    public long nextTick() {
        return nextSilence;
    }

    /// The best agent for a task, or what it has to wait for. Changes nothing.
    public Choice choose(AgentDemand demand, TaskProfile task, long now) {
        Crew crew = crews.of(demand);
        Routing routing = routing(demand, task, now);
        Member bound = bound(demand);
        if (bound != null) {
            return bound.hasRoom() ? new Choice.Chosen(bound.name(), routing.score(bound, now)) : busy(bound);
        }
        Member best = null;
        Ranked bestRank = Ranked.NONE;
        boolean any = false;
        for (Member candidate : crew.members) {
            if (!candidate.isThere()) {
                continue;
            }
            any = true;
            if (candidate.hasRoom()) {
                routing.look(candidate, now);
                Ranked rank = Ranked.of(routing, candidate);
                if (rank.isBefore(bestRank)) {
                    best = candidate;
                    bestRank = rank;
                }
            }
        }
        if (best == null) {
            crew.awaited = true;
            return any ? new Choice.Busy(crew) : new Choice.Nobody(crew, missing(crew));
        }
        Choice faster = faster(crew, routing, task, bestRank, now);
        return faster != null ? faster : new Choice.Chosen(best.name(), routing.score(best, now));
    }

    private static Choice busy(Member bound) {
        bound.awaited = true;
        return new Choice.Busy(bound);
    }

    /// A busy agent for which it is better to wait than to take the best of those that are free.
    private @Nullable Choice faster(Crew crew, Routing routing, TaskProfile task, Ranked free, long now) {
        long latest = task.readySince() + options.maxWaitMicros();
        double least = free.run() * (1 - options.gain());
        Choice.Faster best = null;
        for (Member candidate : crew.members) {
            if (!candidate.isThere() || candidate.hasRoom()) {
                continue;
            }
            long room = candidate.nextRoom(now);
            if (room > latest) {
                continue;
            }
            routing.look(candidate, room);
            long rounds = 1L + Math.max(0, task.behind()) / candidate.profile.capacity();
            double finish = routing.wait + routing.run * rounds;
            if (finish < least && routing.total < free.total()) {
                least = finish;
                best = new Choice.Faster(crew, candidate.name(), room);
            }
        }
        crew.awaited |= best != null;
        return best;
    }

    /// The agent that the demand's key sticks to, if it is there and meets the demand.
    private @Nullable Member bound(AgentDemand demand) {
        if (demand.sticky().isEmpty()) {
            return null;
        }
        Member bound = keys.get(demand.sticky());
        return bound != null && bound.isThere() && bound.profile.meets(demand) ? bound : null;
    }

    private Routing routing(AgentDemand demand, TaskProfile task, long now) {
        return new Routing(options, demand, task, times.work(demand.tool(), task.workMicros()), now);
    }

    /// Gives the agent's place to an attempt.
    ///
    /// @throws IllegalStateException if the agent is not there or has no room
    public Lease take(String name, AgentDemand demand, TaskProfile task, long now) {
        Member member = members.get(name);
        if (member == null || !member.isThere() || !member.hasRoom()) {
            throw new IllegalStateException("agent \"%s\" has no room".formatted(name));
        }
        Routing routing = routing(demand, task, now);
        routing.look(member, now);
        Lease lease = new Lease(
                member, demand.tool(), task.workMicros(), ++leases, now + Math.max(1, Math.round(routing.run)));
        member.leases.add(lease);
        Contention.load(member.uses, 1);
        if (!demand.sticky().isEmpty()) {
            keys.put(demand.sticky(), member);
        }
        return lease;
    }

    /// Gives the place back, once; later calls change nothing.
    public void release(Lease lease) {
        if (lease.released) {
            return;
        }
        lease.released = true;
        Member member = lease.member;
        member.leases.remove(lease);
        Contention.load(member.uses, -1);
        if (member.registered) {
            crews.wake(member);
        }
    }

    /// Learns from an attempt that ended with an outcome.
    ///
    /// @param runMicros how long it ran
    public void learn(Lease lease, boolean succeeded, long runMicros, long now) {
        Member member = lease.member;
        double usual = Math.max(1, runMicros) * member.speed();
        double expected = succeeded
                ? times.learn(lease.tool, lease.declaredMicros, usual)
                : times.work(lease.tool, lease.declaredMicros);
        member.experience.learn(lease.tool, succeeded, usual / expected, now);
    }

    /// What tasks waited for and may be had now, each once; they should ask again.
    public List<Awaited> changed() {
        return crews.drainChanged();
    }

    /// How every agent that could run the task is judged, best first; those that are not there are left
    /// out, and so are those that are busy with what has run for longer than expected.
    public List<RoutingScore> scores(AgentDemand demand, TaskProfile task, long now) {
        Routing routing = routing(demand, task, now);
        return crews.of(demand).members.stream()
                .filter(member -> member.isThere() && member.nextRoom(now) != Member.UNKNOWN)
                .map(member -> routing.score(member, member.nextRoom(now)))
                .sorted(Comparator.comparingLong(RoutingScore::totalMicros).thenComparing(RoutingScore::agent))
                .toList();
    }

    public Optional<AgentStanding> standing(String name, long now) {
        return Optional.ofNullable(members.get(name)).map(member -> member.standing(now));
    }

    /// Of all agents, in order of name.
    public List<AgentStanding> standings(long now) {
        return members.values().stream().map(member -> member.standing(now)).toList();
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    private String missing(Crew crew) {
        if (!crew.members.isEmpty()) {
            return crew.members.stream()
                    .limit(NAMED)
                    .map(member ->
                            member.name() + " is " + member.state().name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", ", "no " + crew.text() + " is there: ", ""));
        }
        return crew.demand.missing(
                members.values().stream().map(member -> member.profile).toList());
    }
}
