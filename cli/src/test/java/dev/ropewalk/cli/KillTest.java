package dev.ropewalk.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.ExecutionEvent;
import dev.ropewalk.ExecutionEventType;
import dev.ropewalk.cli.LaunchedCommand.Ended;
import dev.ropewalk.cli.LaunchedCommand.Running;
import dev.ropewalk.testkit.Proves;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Fault F1: kills the real command with SIGKILL at random moments, resumes it, and kills it again.
///
/// Half of the moments are drawn on the clock, from the start of the process on, so that starting and
/// recovering are hit too; the other half a little after the next few marks that tasks leave in their
/// journal, so that work is hit on a slow machine as well. A task is given up when it is lost three
/// times in a row, as documented; so an execution of which one was lost twice is let through to its end.
///
/// `-Dropewalk.kill.seed=N` draws the same moments again, `-Dropewalk.kill.rounds=N` more of them.
@Proves("G3")
@DisplayNameGeneration(ReplaceUnderscores.class)
class KillTest {
    private static final long SEED = Long.getLong("ropewalk.kill.seed", new Random().nextLong());
    private static final int ROUNDS = Integer.getInteger("ropewalk.kill.rounds", 50);
    private static final int LATEST_MILLIS = 1_500;
    private static final int MOST_LINES = 8;
    private static final int LATEST_AFTER_LINE_MILLIS = 80;

    private static final String PLAN = """
            name: rounds
            variables:
              long: { type: string, default: "0.1" }
            steps:
              - id: wide
                tasks:
                  - id: watch
                    tool: shell
                    with:
                      script: |
                        echo "begin $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                        sleep "$1" & wait
                        echo "end $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                      args: ["${vars.long}"]
                  - id: item
                    forEach: "${lists.range(9)}"
                    tool: shell
                    with:
                      script: |
                        echo "begin $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                        sleep "$1"
                        echo "end $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                        echo $(($2 * $2))
                      args: ["0.${1 + item % 3}", "${item}"]
              - id: join
                tasks:
                  - id: sum
                    after: [watch]
                    tool: shell
                    with:
                      script: |
                        echo "begin $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                        while read -r square; do total=$((total + square)); done
                        echo "end $ROPEWALK_TASK $ROPEWALK_ATTEMPT_NUMBER" >>journal
                        echo "$total"
                      stdin: "${tasks.item.result.map(r, r.stdout).join('')}"
            result: "${tasks.sum.result.stdout}"
            """;

    private final LaunchedCommand command = LaunchedCommand.get();
    private final Random random = new Random(SEED);

    @TempDir
    Path folder;

    private int kills;
    private Optional<Running> latest = Optional.empty();
    private int lost;
    private int orphans;
    private int completed;

    @Test
    void killed_at_any_moment_and_resumed_it_ends_as_if_undisturbed() throws Exception {
        try {
            Game undisturbed = new Game("undisturbed");
            assertThat(undisturbed.finish()).isEqualTo("204\n");
            for (int game = 1; kills < ROUNDS; game++) {
                new Game("game" + game).play();
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "in round %d; again with -Dropewalk.kill.seed=%d: %s\nthe last process said:\n%s"
                            .formatted(
                                    kills,
                                    SEED,
                                    e.getMessage(),
                                    latest.map(Running::errSoFar).orElse("")),
                    e);
        } finally {
            latest.ifPresent(running -> running.process().destroyForcibly());
        }
        System.out.println("%d kills (seed %d): %d attempts lost, %d orphans, %d executions completed"
                .formatted(kills, SEED, lost, orphans, completed));
        assertThat(lost).as("attempts that a kill has hit").isPositive();
    }

    /// One execution, from its first start over many deaths to its end.
    private final class Game {
        private final String id;
        private final Path place;
        private final String lengthOfWatch = random.nextInt(3) == 0 ? "1.6" : "0.2";
        private List<ProcessHandle> leftBehind = List.of();
        private Journal journal = new Journal(List.of());
        private StoredLog log = new StoredLog("", List.of());

        Game(String id) throws IOException {
            this.id = id;
            this.place = Files.createDirectory(folder.resolve(id));
            Files.writeString(place.resolve("plan.yaml"), PLAN);
        }

        void play() throws InterruptedException {
            while (kills < ROUNDS && lossesInARow() < 2) {
                Running running = start();
                if (endsBeforeItsTime(running.process())) {
                    break;
                }
                running.process().destroyForcibly().waitFor();
                kills++;
                look();
            }
            assertThat(finish()).isEqualTo("204\n");
        }

        /// To the end, however often it was killed, and looks around there.
        String finish() {
            Ended ended = start().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            look();
            assertThat(log.completed()).hasSize(12);
            assertThat(log.count(ExecutionEventType.EXECUTION_COMPLETED)).isEqualTo(1);
            assertThat(MarkedProcesses.of(log.storeId())).isEmpty();
            completed++;
            return ended.out();
        }

        /// Submitting again under the same key does the same as resuming.
        private Running start() {
            boolean again = log.events().isEmpty() || random.nextInt(4) == 0;
            Running running = again
                    ? command.start(
                            place, "run", "plan.yaml", "--id", id, "--key", id, "--var", "long=" + lengthOfWatch)
                    : command.start(place, "resume", id);
            latest = Optional.of(running);
            return running;
        }

        private boolean endsBeforeItsTime(Process process) throws InterruptedException {
            if (random.nextBoolean()) {
                return process.waitFor(random.nextInt(LATEST_MILLIS), TimeUnit.MILLISECONDS);
            }
            int lines = journal.lines().size() + 1 + random.nextInt(MOST_LINES);
            for (int waited = 0; Journal.of(place.resolve("journal")).lines().size() < lines; waited++) {
                if (process.waitFor(1, TimeUnit.MILLISECONDS)) {
                    return true;
                }
                assertThat(waited)
                        .as("milliseconds without a new line in the journal")
                        .isLessThan(60_000);
            }
            return process.waitFor(random.nextInt(LATEST_AFTER_LINE_MILLIS), TimeUnit.MILLISECONDS);
        }

        /// Checks what can be seen between two lives.
        private void look() {
            StoredLog before = log;
            Journal journalBefore = journal;
            log = StoredLog.of(place.resolve(".ropewalk/ropewalk.db"), id).orElse(log);
            journal = Journal.of(place.resolve("journal"));

            assertThat(log.events()).hasSizeGreaterThanOrEqualTo(before.events().size());
            assertThat(log.events().subList(0, before.events().size())).isEqualTo(before.events());
            journal.assertAttemptsFollowEachOther();
            journal.assertUntouchedSince(journalBefore, before.completed());
            Set<String> effects = journal.ended();
            assertThat(effects)
                    .containsAll(log.completed().stream()
                            .filter(task -> !task.equals("item"))
                            .toList());

            List<ExecutionEvent> news =
                    log.events().subList(before.events().size(), log.events().size());
            lost += (int) news.stream().filter(KillTest::isLoss).count();
            List<ProcessHandle> now = log.storeId().isEmpty() ? List.of() : MarkedProcesses.of(log.storeId());
            if (news.stream().anyMatch(event -> event.type() == ExecutionEventType.TASK_STARTED)) {
                assertThat(leftBehind).as("orphans of an earlier life").noneMatch(now::contains);
            }
            orphans += (int) now.stream()
                    .filter(process -> !leftBehind.contains(process))
                    .count();
            leftBehind = now;
        }

        /// How often the task with the worst luck was lost, and not completed since: also counts the
        /// attempts that are under way in the log now.
        private int lossesInARow() {
            Map<String, Integer> attempts = new HashMap<>();
            log.events()
                    .forEach(event -> event.taskId().ifPresent(task -> {
                        if (event.type() == ExecutionEventType.TASK_STARTED) {
                            attempts.merge(task, 1, Integer::sum);
                        } else if (event.type() == ExecutionEventType.TASK_COMPLETED) {
                            attempts.remove(task);
                        }
                    }));
            return attempts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        }
    }

    private static boolean isLoss(ExecutionEvent event) {
        return event.type() == ExecutionEventType.ATTEMPT_STOPPED
                && "LOST".equals(event.data().get("reason"));
    }
}
