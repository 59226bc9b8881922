package dev.ropewalk.resource;

import static dev.ropewalk.resource.Words.SECOND;
import static dev.ropewalk.resource.Words.group;
import static dev.ropewalk.resource.Words.pool;
import static dev.ropewalk.resource.Words.some;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.execution.ExecutionAccount;
import dev.ropewalk.execution.ResourceGrant;
import dev.ropewalk.execution.Settlement;
import dev.ropewalk.plan.Budget;
import dev.ropewalk.plan.ConcurrencyGroup;
import dev.ropewalk.plan.RateLimit;
import dev.ropewalk.plan.SharedResources;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ledger beside a model that keeps everything that ever happened and adds it up anew each time,
/// through long random histories of grants, starts, ends, crashes and clocks that step back.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LedgerPropertyTest {

    private static final long PERIOD = 10 * SECOND;
    private static final int REQUESTS = 12;
    private static final int TOKENS = 500;
    private static final int PLACES = 5;
    private static final int CPUS = 6;
    private static final long BUDGET = 30_000;
    private static final long PER_DAY = 4_000;

    private static final SharedResources DECLARED = new SharedResources(
            List.of(pool("cpu", CPUS), pool("spare", "cpu", 2, Map.of(), 1, 0)),
            List.of(
                    group("few", PLACES),
                    new ConcurrencyGroup(
                            "llm",
                            0,
                            Optional.of(new RateLimit(REQUESTS, PERIOD)),
                            Optional.of(new RateLimit(TOKENS, PERIOD)),
                            Optional.of(new Budget(BUDGET, 0, Budget.Per.TOTAL, "UTC")),
                            Optional.empty())),
            Optional.of(new Budget(0, PER_DAY, Budget.Per.DAY, "UTC")));

    /// One attempt, as somebody outside sees it.
    private static final class Attempt {
        final DemandShape shape;
        final Grant grant;
        final long day;
        long startedAt = -1;
        long endedAt = -1;
        long endedOn = -1;
        Settlement used = Settlement.NOTHING;

        Attempt(DemandShape shape, Grant grant, long day) {
            this.shape = shape;
            this.grant = grant;
            this.day = day;
        }

        boolean in(String group) {
            return shape.groups().contains(group);
        }
    }

    private final List<Attempt> running = new ArrayList<>();
    private final List<Attempt> ended = new ArrayList<>();
    private final Map<String, byte[]> stored = new LinkedHashMap<>();
    private ResourceLedger ledger = new ResourceLedger();

    /// What really passed; the wall clock that the ledger sees is behind by `behind`.
    private long now = (1_767_268_800L + 43_200 - 200) * SECOND;

    private long behind;
    private long steppedBackAt;
    private long day;
    private int granted;
    private int refused;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void what_is_given_is_never_more_than_there_is_and_room_is_not_refused(long seed) {
        Random random = new Random(seed);
        ledger.configure("configuration", DECLARED);
        for (int step = 0; step < 4_000; step++) {
            now += random.nextInt(300_000);
            day = Math.max(day, clock() / Words.DAY);
            switch (random.nextInt(20)) {
                case 0, 1, 2, 3, 4, 5, 6, 7, 8 -> take(random);
                case 9, 10, 11, 12, 13, 14, 15 -> end(random);
                case 16, 17, 18 -> write();
                default -> {
                    if (random.nextInt(40) == 0) {
                        crash(random);
                    }
                }
            }
            check();
        }
        while (!running.isEmpty()) {
            end(random);
        }
        assertThat(granted).isGreaterThan(300);
        assertThat(refused).isGreaterThan(100);
        for (ResourceLoad load : ledger.loads(clock() + 2 * PERIOD)) {
            if (load.kind() != Resource.Kind.BUDGET) {
                assertThat(load.used()).as("%s, seed %d", load, seed).isZero();
            }
        }
    }

    private void take(Random random) {
        DemandShape shape = shape(random);
        Taking taking = ledger.take(ledger.demand("x", shape), new ExecutionAccount(), clock());
        boolean room = hasRoom(shape);
        if (room && now < steppedBackAt + 2 * PERIOD) {
            // What had just run out may count again: to be careful is allowed then.
            assertThat(taking).isNotInstanceOf(Taking.Never.class);
        } else {
            assertThat(taking instanceof Grant)
                    .as("%s at %d: %s", shape, now, taking)
                    .isEqualTo(room);
        }
        if (taking instanceof Grant grant) {
            granted++;
            running.add(new Attempt(shape, grant, day));
        } else {
            refused++;
        }
        if (taking instanceof Taking.Refused later) {
            assertThat(later.until()).isGreaterThan(clock());
        }
    }

    private long clock() {
        return now - behind;
    }

    private static DemandShape shape(Random random) {
        int cpus = random.nextInt(4);
        List<String> groups = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            groups.add("few");
        }
        boolean calls = random.nextBoolean();
        if (calls) {
            groups.add("llm");
        }
        return new DemandShape(
                cpus == 0 ? List.of() : List.of(some("cpu", cpus)),
                groups,
                random.nextInt(4) == 0 ? List.of("lock" + random.nextInt(2)) : List.of(),
                calls ? random.nextInt(80) : 0,
                calls ? random.nextInt(100) : 0);
    }

    private void end(Random random) {
        if (running.isEmpty()) {
            return;
        }
        Attempt attempt = running.remove(random.nextInt(running.size()));
        if (attempt.startedAt < 0) {
            ledger.revoke(attempt.grant, clock());
            return;
        }
        attempt.used = new Settlement(
                Math.max(0, attempt.shape.tokens() + random.nextInt(60) - 40),
                Math.max(0, attempt.shape.microCost() + random.nextInt(60) - 40));
        attempt.endedAt = now;
        attempt.endedOn = day;
        ended.add(attempt);
        ledger.release(attempt.grant, attempt.used, clock());
    }

    /// Everything that was decided becomes durable, and starts.
    private void write() {
        drain();
        for (Attempt attempt : running) {
            if (attempt.startedAt < 0) {
                attempt.startedAt = now;
                ledger.started(attempt.grant, clock());
            }
        }
    }

    private void drain() {
        for (Balance balance : ledger.drainChanged()) {
            if (balance.bytes().length == 0) {
                stored.remove(balance.key());
            } else {
                stored.put(balance.key(), balance.bytes());
            }
        }
    }

    /// The process dies while a batch is on its way: it may have become durable, and what it started
    /// may have started at any time until now.
    private void crash(Random random) {
        if (random.nextBoolean()) {
            drain();
            running.stream().filter(attempt -> attempt.startedAt < 0).forEach(attempt -> attempt.startedAt = now);
        } else {
            // What was decided last never was: neither starts nor ends. To tell which ends are lost the
            // model would need a log, so it lets all of them be written.
            for (Iterator<Attempt> each = running.iterator(); each.hasNext(); ) {
                Attempt attempt = each.next();
                if (attempt.startedAt < 0) {
                    each.remove();
                    ledger.revoke(attempt.grant, clock());
                }
            }
            drain();
        }
        for (Attempt attempt : running) {
            attempt.used = Settlement.reserved(attempt.grant.log());
            attempt.endedAt = attempt.startedAt;
            attempt.endedOn = attempt.day;
            ended.add(attempt);
        }
        running.clear();
        if (random.nextBoolean()) {
            behind += random.nextInt(60) * SECOND;
            steppedBackAt = now;
        }
        ledger = new ResourceLedger();
        ledger.configure("configuration", DECLARED);
        stored.forEach((key, bytes) -> ledger.restore(new Balance(key, bytes), clock()));
    }

    private boolean hasRoom(DemandShape shape) {
        if (shape.groups().contains("few") && places() >= PLACES) {
            return false;
        }
        if (shape.exclusive().stream()
                .anyMatch(lock -> running.stream()
                        .anyMatch(attempt -> attempt.shape.exclusive().contains(lock)))) {
            return false;
        }
        if (shape.groups().contains("llm")) {
            if (requests(now) + 1 > REQUESTS || tokens(now) + Math.max(1, shape.tokens()) > TOKENS) {
                return false;
            }
            if (spent() + reserved() + Math.max(1, shape.microCost()) > BUDGET) {
                return false;
            }
        }
        if (tokensOfDay() + Math.max(1, shape.tokens()) > PER_DAY) {
            return false;
        }
        long wanted =
                shape.resources().isEmpty() ? 0 : shape.resources().getFirst().milliAmount();
        return held("cpu") + wanted <= CPUS * 1_000 || held("spare") + wanted <= 2_000;
    }

    private void check() {
        assertThat(held("cpu")).isLessThanOrEqualTo(CPUS * 1_000);
        assertThat(held("spare")).isLessThanOrEqualTo(2_000);
        assertThat(places()).isLessThanOrEqualTo(PLACES);
        for (String lock : List.of("lock0", "lock1")) {
            assertThat(running.stream()
                            .filter(attempt -> attempt.shape.exclusive().contains(lock)))
                    .hasSizeLessThanOrEqualTo(1);
        }
        assertThat(requests(now)).isLessThanOrEqualTo(REQUESTS);
    }

    private long held(String pool) {
        return running.stream()
                .flatMap(attempt -> attempt.grant.log().stream())
                .filter(grant -> grant.kind() == ResourceGrant.Kind.POOL)
                .filter(grant -> grant.name().equals(pool))
                .mapToLong(ResourceGrant::amount)
                .sum();
    }

    private long places() {
        return running.stream().filter(attempt -> attempt.in("few")).count();
    }

    private List<Attempt> calls() {
        List<Attempt> calls = new ArrayList<>();
        running.stream().filter(attempt -> attempt.in("llm")).forEach(calls::add);
        ended.stream().filter(attempt -> attempt.in("llm")).forEach(calls::add);
        return calls;
    }

    private static boolean counts(long at, long now) {
        return at < 0 || at + PERIOD + RateWindow.margin(PERIOD) > now;
    }

    private long requests(long now) {
        return calls().stream()
                .filter(attempt -> counts(attempt.startedAt, now))
                .count();
    }

    private long tokens(long now) {
        long sum = 0;
        for (Attempt attempt : calls()) {
            long reserved = attempt.shape.tokens();
            if (counts(attempt.startedAt, now)) {
                sum += attempt.endedAt < 0 ? reserved : Math.min(reserved, attempt.used.tokens());
            }
            if (attempt.endedAt >= 0 && counts(attempt.endedAt, now)) {
                sum += Math.max(0, attempt.used.tokens() - reserved);
            }
        }
        return sum;
    }

    private long spent() {
        return ended.stream()
                .filter(attempt -> attempt.in("llm"))
                .mapToLong(attempt -> attempt.used.microCost())
                .sum();
    }

    private long reserved() {
        return running.stream()
                .filter(attempt -> attempt.in("llm"))
                .mapToLong(attempt -> attempt.shape.microCost())
                .sum();
    }

    private long tokensOfDay() {
        long sum = 0;
        for (Attempt attempt : running) {
            sum += attempt.day == day ? attempt.shape.tokens() : 0;
        }
        for (Attempt attempt : ended) {
            if (attempt.day == day) {
                sum += attempt.endedOn == day
                        ? attempt.used.tokens()
                        : Math.min(attempt.shape.tokens(), attempt.used.tokens());
            } else if (attempt.endedOn == day) {
                sum += Math.max(0, attempt.used.tokens() - attempt.shape.tokens());
            }
        }
        return sum;
    }
}
