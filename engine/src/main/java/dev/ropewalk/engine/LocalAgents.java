package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentDemand;
import dev.ropewalk.agent.AgentProfile;
import dev.ropewalk.agent.AgentRegistry;
import dev.ropewalk.agent.AgentStanding;
import dev.ropewalk.agent.Choice;
import dev.ropewalk.agent.Roster;
import dev.ropewalk.agent.RoutingOptions;
import dev.ropewalk.agent.RoutingScore;
import dev.ropewalk.agent.TaskProfile;
import dev.ropewalk.agents.Agent;
import dev.ropewalk.agents.AgentDescriptor;
import dev.ropewalk.agents.AgentRouting;
import dev.ropewalk.agents.AgentScore;
import dev.ropewalk.agents.AgentStatus;
import dev.ropewalk.agents.AgentWait;
import dev.ropewalk.agents.Agents;
import dev.ropewalk.plan.AgentCheck;
import dev.ropewalk.plan.AgentRequirement;
import dev.ropewalk.plan.Priority;
import dev.ropewalk.tool.StandardToolRegistry;
import dev.ropewalk.tool.ToolDescriptor;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The agents of an engine in this process: those who register stand in the directory, and the loop
/// is told.
final class LocalAgents implements Agents, AutoCloseable {

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /// How many of those that were ever here are remembered.
    private static final int REMEMBERED = 1_000;

    private final Inbox inbox;
    private final Questions questions;
    private final StandardToolRegistry tools;
    private final AgentTools ownTools = new AgentTools();
    private final AgentDirectory directory = new AgentDirectory();
    private final AgentWatch watch = new AgentWatch(this::heartbeat);
    private final Map<String, AgentProfile> ever = new LinkedHashMap<>();

    LocalAgents(Inbox inbox, Questions questions, StandardToolRegistry tools) {
        this.inbox = inbox;
        this.questions = questions;
        this.tools = tools;
        tools.add(ownTools);
    }

    AgentDirectory directory() {
        return directory;
    }

    @Override
    public synchronized void register(Agent agent) {
        AgentDescriptor descriptor = agent.describe();
        check(descriptor);
        AgentProfile profile = AgentProfiles.of(descriptor);
        if (!directory.add(new AgentDirectory.Entry(agent, descriptor))) {
            throw new IllegalArgumentException(
                    "there is an agent \"%s\" already; choose another name".formatted(descriptor.name()));
        }
        ownTools.offer(descriptor.tools());
        remember(profile);
        tell(new AgentChange.Register(
                profile, descriptor.tools().stream().map(ToolDescriptor::name).toList()));
        watch.watch(agent, descriptor);
    }

    private void check(AgentDescriptor agent) {
        checkName("an agent", agent.name());
        if (agent.tools().isEmpty() && agent.runs().isEmpty()) {
            throw new IllegalArgumentException(
                    "agent \"%s\" offers no tool; give it one, or name one of the engine's that it runs"
                            .formatted(agent.name()));
        }
        for (ToolDescriptor tool : agent.tools()) {
            checkName("a tool", tool.name());
            if (tools.mayHave(tool.name()) && !ownTools.mayHave(tool.name())) {
                throw new IllegalArgumentException(
                        "agent \"%s\": the engine has a tool \"%s\" already; choose another name, or let the agent run it"
                                .formatted(agent.name(), tool.name()));
            }
        }
        for (String tool : agent.runs()) {
            if (!tools.mayHave(tool) || ownTools.mayHave(tool)) {
                throw new IllegalArgumentException(
                        "agent \"%s\" cannot run \"%s\": the engine has no such tool; register it first"
                                .formatted(agent.name(), tool));
            }
        }
    }

    private static void checkName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "%s cannot be named \"%s\"; use a letter and then up to 63 letters, digits, _ or -"
                            .formatted(what, name));
        }
    }

    private void remember(AgentProfile profile) {
        ever.remove(profile.name());
        ever.put(profile.name(), profile);
        if (ever.size() > REMEMBERED) {
            ever.remove(ever.keySet().iterator().next());
        }
    }

    /// Checks plans against all that were ever here: agents come and go.
    synchronized AgentCheck check() {
        return Roster.of(ever.values());
    }

    @Override
    public synchronized boolean unregister(String name) {
        if (!directory.remove(name)) {
            return false;
        }
        watch.forget(name);
        tell(new AgentChange.Unregister(name));
        return true;
    }

    @Override
    public CompletableFuture<Void> drain(String name) {
        if (!directory.has(name)) {
            return CompletableFuture.completedFuture(null);
        }
        return questions
                .askAnyway(answer -> new LoopInput.ChangeAgents(
                        new AgentChange.Drain(name, () -> answer.accept(new LoopInput.Answer.Done(name, true)))))
                .thenApply(_ -> null);
    }

    @Override
    public boolean resume(String name) {
        tell(new AgentChange.Resume(name));
        return directory.has(name);
    }

    @Override
    public boolean heartbeat(String name) {
        tell(new AgentChange.Heartbeat(name));
        return directory.has(name);
    }

    @Override
    public void route(AgentRouting routing) {
        tell(new AgentChange.Route(new RoutingOptions(
                routing.secondsPerUnit(),
                routing.demandWeight(),
                routing.proficiencyWeight(),
                routing.coldStart().toNanos() / 1_000,
                routing.maxWait().toNanos() / 1_000,
                routing.gain(),
                Math.max(1, routing.forget().toNanos() / 1_000))));
    }

    private void tell(AgentChange change) {
        inbox.put(new LoopInput.ChangeAgents(change));
    }

    @Override
    public Optional<AgentStatus> status(String name) {
        return list().stream()
                .filter(status -> status.agent().name().equals(name))
                .findFirst();
    }

    @Override
    public List<AgentStatus> list() {
        return look((registry, now) -> registry.standings(now).stream()
                .map(this::status)
                .flatMap(Optional::stream)
                .toList());
    }

    @Override
    public List<AgentWait> waiting() {
        return ask(seen -> new AgentChange.LookAtWaiting(
                refused -> seen.accept(refused.stream().map(LocalAgents::wait).toList())));
    }

    private static AgentWait wait(Choice.Refused refused) {
        return new AgentWait(
                refused.on().text(),
                refused.reason(),
                refused instanceof Choice.Faster faster
                        ? Optional.of(Instant.EPOCH.plus(faster.until(), ChronoUnit.MICROS))
                        : Optional.empty());
    }

    /// What the loop says of its agents.
    private <T> List<T> look(BiFunction<AgentRegistry, Long, List<T>> what) {
        return ask(seen -> new AgentChange.Look((registry, now) -> seen.accept(what.apply(registry, now))));
    }

    private <T> List<T> ask(Function<Consumer<List<T>>, AgentChange> question) {
        AtomicReference<@Nullable List<T>> seen = new AtomicReference<>();
        questions
                .askAnyway(answer -> new LoopInput.ChangeAgents(question.apply(all -> {
                    seen.set(all);
                    answer.accept(new LoopInput.Answer.Done("", true));
                })))
                .join();
        List<T> all = seen.get();
        return all == null ? List.of() : all;
    }

    private Optional<AgentStatus> status(AgentStanding standing) {
        return directory
                .descriptor(standing.profile().name())
                .map(agent -> new AgentStatus(
                        agent,
                        switch (standing.state()) {
                            case AVAILABLE -> AgentStatus.State.AVAILABLE;
                            case BUSY -> AgentStatus.State.BUSY;
                            case DRAINING -> AgentStatus.State.DRAINING;
                            case OFFLINE -> AgentStatus.State.OFFLINE;
                        },
                        standing.load(),
                        standing.measures().stream()
                                .map(measure -> new AgentStatus.Measure(
                                        measure.tool(), measure.calls(), measure.successRate(), measure.speed()))
                                .toList()));
    }

    @Override
    public List<AgentScore> scores(AgentRequirement requirement, String tool) {
        AgentDemand demand = AgentDemand.of(requirement, tool);
        return look((registry, now) ->
                registry
                        .scores(demand, new TaskProfile(0, Priority.NORMAL.ordinal(), TaskProfile.PREDICT, now, 0), now)
                        .stream()
                        .map(LocalAgents::score)
                        .toList());
    }

    private static AgentScore score(RoutingScore score) {
        return new AgentScore(
                score.agent(),
                score.room(),
                duration(score.finishMicros()),
                duration(score.totalMicros()),
                score.microCost() / 1e6,
                score.parts().stream()
                        .map(part -> new AgentScore.Part(
                                part.factor(), part.value(), part.weight(), duration(part.micros())))
                        .toList());
    }

    private static Duration duration(long micros) {
        return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(micros));
    }

    @Override
    public void close() {
        watch.close();
    }
}
