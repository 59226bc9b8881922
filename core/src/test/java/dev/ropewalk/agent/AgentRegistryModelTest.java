package dev.ropewalk.agent;

import static dev.ropewalk.agent.Sample.NOON;
import static dev.ropewalk.agent.Sample.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.agent.Choice.Chosen;
import dev.ropewalk.agent.Choice.Refused;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever happens to agents, the registry and a model that goes through all of them each time agree.
@DisplayNameGeneration(ReplaceUnderscores.class)
class AgentRegistryModelTest {

    private static final RoutingOptions OPTIONS = new RoutingOptions(0.5, 0.25, 0.5, 1_000, 0, 0.1, 1_000 * SECOND);

    /// One agent, as the model sees it.
    private static final class Known {
        AgentProfile profile;
        boolean draining;
        boolean offline;
        long heard;
        final List<Lease> leases = new ArrayList<>();

        Known(AgentProfile profile, long heard) {
            this.profile = profile;
            this.heard = heard;
        }

        boolean free() {
            return !draining && !offline && leases.size() < profile.capacity();
        }
    }

    private final Map<String, Known> model = new TreeMap<>();
    private final List<Lease> orphans = new ArrayList<>();
    private final Map<Awaited, AgentDemand> waiting = new LinkedHashMap<>();
    private AgentRegistry registry = new AgentRegistry(OPTIONS);
    private SplittableRandom random = new SplittableRandom();
    private long now = NOON;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void the_registry_agrees_with_the_model(long seed) {
        random = new SplittableRandom(seed);
        registry = new AgentRegistry(OPTIONS, seed % 2 == 0 ? 3 : 1_000, 1_000);
        for (int i = 0; i < 2_000; i++) {
            now += random.nextInt(1_000_000);
            step();
            registry.changed().forEach(waiting::remove);
            assertStandings();
            assertNobodyWaitsInVain();
        }
        List<Lease> all = new ArrayList<>(orphans);
        model.values().forEach(known -> all.addAll(known.leases));
        all.forEach(registry::release);
        assertThat(registry.standings(now)).allMatch(standing -> standing.load() == 0);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0 -> register();
            case 1 -> unregister();
            case 2 -> {
                String name = name();
                assertThat(registry.drain(name)).isEqualTo(model.containsKey(name));
                known(name).ifPresent(known -> known.draining = true);
            }
            case 3 -> {
                String name = name();
                assertThat(registry.heartbeat(name, now)).isEqualTo(model.containsKey(name));
                known(name).ifPresent(known -> {
                    known.heard = now;
                    known.offline = false;
                });
            }
            case 4 -> tick();
            case 5, 6, 7 -> release();
            default -> choose();
        }
    }

    private void register() {
        AgentProfile profile = profile(name());
        registry.register(profile, now);
        Known known = model.computeIfAbsent(profile.name(), _ -> new Known(profile, now));
        known.profile = profile;
        known.heard = now;
        known.draining = false;
        known.offline = false;
    }

    private void unregister() {
        String name = name();
        assertThat(registry.unregister(name)).isEqualTo(model.containsKey(name));
        known(name).ifPresent(known -> orphans.addAll(known.leases));
        model.remove(name);
    }

    private void tick() {
        List<String> gone = new ArrayList<>();
        model.forEach((name, known) -> {
            long silence = known.profile.silenceMicros();
            if (silence > 0 && !known.offline && now - known.heard >= silence) {
                known.offline = true;
                gone.add(name);
            }
        });
        assertThat(registry.tick(now)).isEqualTo(gone);
        assertThat(registry.nextTick()).isGreaterThan(now);
    }

    private void release() {
        List<Lease> all = new ArrayList<>(orphans);
        model.values().forEach(known -> all.addAll(known.leases));
        if (all.isEmpty()) {
            return;
        }
        Lease lease = all.get(random.nextInt(all.size()));
        orphans.remove(lease);
        model.values().forEach(known -> known.leases.remove(lease));
        registry.release(lease);
        if (random.nextBoolean()) {
            registry.learn(lease, random.nextInt(4) > 0, random.nextLong(10 * SECOND), now);
        }
    }

    private void choose() {
        AgentDemand demand = demand();
        TaskProfile task = new TaskProfile(
                random.nextInt(3) * SECOND, random.nextInt(4), TaskProfile.PREDICT, now, random.nextInt(3));
        Choice choice = registry.choose(demand, task, now);
        List<String> possible = model.values().stream()
                .filter(known -> known.free() && known.profile.meets(demand))
                .map(known -> known.profile.name())
                .toList();
        switch (choice) {
            case Chosen chosen -> {
                assertThat(possible).contains(chosen.agent());
                long least = registry.scores(demand, task, now).stream()
                        .filter(RoutingScore::room)
                        .mapToLong(RoutingScore::totalMicros)
                        .min()
                        .orElseThrow();
                assertThat(chosen.score().totalMicros()).isEqualTo(least);
                model.get(chosen.agent()).leases.add(registry.take(chosen.agent(), demand, task, now));
            }
            case Refused refused -> {
                assertThat(possible).isEmpty();
                boolean present = model.values().stream()
                        .anyMatch(known -> !known.draining && !known.offline && known.profile.meets(demand));
                assertThat(refused instanceof Choice.Busy).isEqualTo(present);
                waiting.put(refused.on(), demand);
            }
        }
    }

    private void assertStandings() {
        List<AgentStanding> standings = registry.standings(now);
        assertThat(standings)
                .extracting(standing -> standing.profile().name())
                .containsExactlyElementsOf(model.keySet());
        for (AgentStanding standing : standings) {
            Known known = model.get(standing.profile().name());
            assertThat(standing.profile()).isEqualTo(known.profile);
            assertThat(standing.load()).isEqualTo(known.leases.size());
            assertThat(standing.state()).isEqualTo(state(known));
        }
    }

    private static AgentState state(Known known) {
        if (known.offline) {
            return AgentState.OFFLINE;
        }
        if (known.draining) {
            return AgentState.DRAINING;
        }
        return known.free() ? AgentState.AVAILABLE : AgentState.BUSY;
    }

    /// Every demand that was refused and not woken since still finds nobody.
    private void assertNobodyWaitsInVain() {
        Set<AgentDemand> seen = new HashSet<>();
        waiting.forEach((on, demand) -> {
            assertThat(seen.add(demand)).as("one thing to wait for a demand").isTrue();
            assertThat(model.values()).as(on.text()).noneMatch(known -> known.free() && known.profile.meets(demand));
        });
    }

    private Optional<Known> known(String name) {
        return Optional.ofNullable(model.get(name));
    }

    private String name() {
        return "a" + random.nextInt(8);
    }

    private AgentProfile profile(String name) {
        Map<String, Integer> capabilities = new TreeMap<>();
        for (String capability : List.of("x", "y")) {
            if (random.nextBoolean()) {
                capabilities.put(capability, random.nextInt(1_001));
            }
        }
        List<String> tools = random.nextInt(3) == 0 ? List.of("work", "rest") : List.of("work");
        return new AgentProfile(
                name,
                random.nextBoolean() ? "p" : "q",
                new TreeMap<>(capabilities),
                1 + random.nextInt(3),
                250 + random.nextInt(4) * 250L,
                random.nextInt(2) * 100_000L,
                random.nextInt(2) * 1_000L,
                new TreeMap<>(),
                tools,
                5 * SECOND * random.nextInt(3));
    }

    private AgentDemand demand() {
        Map<String, Integer> capabilities = random.nextBoolean() ? Map.of() : Map.of("x", 500);
        String type = List.of("", "p", "q").get(random.nextInt(3));
        String tool = random.nextInt(4) == 0 ? "rest" : "work";
        return new AgentDemand(type, new TreeMap<>(capabilities), tool, new TreeMap<>(), "");
    }
}
