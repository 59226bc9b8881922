package dev.ropewalk.tool.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ropewalk.tool.Usage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
@EnabledOnOs(OS.LINUX)
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProcessTreeTest {
    private static final ProcessTable PROC = new ProcFs(Path.of("/proc"));
    private static final String MARK = "test/" + ProcessHandle.current().pid() + "/" + System.nanoTime();
    private static final Path SH = Path.of("/bin/sh");

    @TempDir
    Path directory;

    private Process start(Launcher launcher, String script) throws IOException {
        return launcher.start(
                SH,
                List.of("sh", "-c", script),
                directory,
                Map.of("PATH", "/usr/bin:/bin", ProcessTable.MARK, MARK),
                false);
    }

    private static void awaitReady(Process process) throws IOException {
        assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
    }

    /// Every way to start a process, with every way to look for it.
    static Stream<Arguments> systems() {
        Launcher setsid = Launcher.ofThisSystem();
        Launcher perl = Launcher.of(List.of(), Path.of("/usr/bin/perl"));
        Launcher plain = Launcher.of(List.of(), Path.of("/no/perl"));
        return Stream.of(setsid, perl, plain)
                .flatMap(launcher -> Stream.of(PROC, new PsTable()).map(table -> Arguments.of(launcher, table)));
    }

    @ParameterizedTest
    @MethodSource("systems")
    void all_members_are_found_and_ended(Launcher launcher, ProcessTable table) throws Exception {
        Process process = start(launcher, "trap '' TERM; sleep 120 & (sleep 120 & wait) & echo ready; wait; sleep 120");
        ProcessTree tree = new ProcessTree(table, process, MARK, launcher.makesGroups());
        awaitReady(process);
        await().until(() -> tree.members().size() >= 4);

        assertThat(tree.end(Duration.ofMillis(50))).isTrue();

        assertThat(process.waitFor()).isEqualTo(128 + 9);
        assertThat(tree.members()).isEmpty();
    }

    @Test
    void setsid_and_perl_make_groups_and_nothing_else_does() throws Exception {
        assertThat(Launcher.ofThisSystem().makesGroups()).isTrue();
        assertThat(Launcher.of(List.of(), Path.of("/no/perl")).makesGroups()).isFalse();

        Process process = start(Launcher.of(List.of(), Path.of("/usr/bin/perl")), "echo ready; sleep 120");
        awaitReady(process);
        assertThat(PROC.find(process.pid()).orElseThrow().group()).isEqualTo(process.pid());
        process.destroyForcibly().waitFor();
    }

    @Test
    void a_number_that_another_process_got_meanwhile_is_not_the_root() throws Exception {
        Process first = start(Launcher.ofThisSystem(), "echo ready; sleep 120");
        awaitReady(first);
        ProcessTree tree = new ProcessTree(PROC, first, MARK, true);
        ProcessEntry real = PROC.find(first.pid()).orElseThrow();
        ProcessEntry later =
                new ProcessEntry(real.pid(), real.parent(), real.group(), real.session(), real.started() + 1, true, 0);

        assertThat(tree.members(List.of(later), false)).isEmpty();
        assertThat(tree.members(List.of(real), false)).containsExactly(real);
        assertThat(tree.end(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void a_group_that_cannot_be_killed_one_by_one_is_killed_as_a_whole() throws Exception {
        Process process = start(Launcher.ofThisSystem(), "echo ready; sleep 120");
        awaitReady(process);
        ProcessEntry real = PROC.find(process.pid()).orElseThrow();
        ProcessEntry outdated =
                new ProcessEntry(real.pid(), real.parent(), real.group(), real.session(), real.started() - 1, true, 0);
        ProcessEntry stranger = new ProcessEntry(real.pid(), 1, 1, 1, real.started() - 1, true, 0);

        boolean ended = new Signals(PROC)
                .end(
                        () -> process.isAlive() ? List.of(stranger, outdated) : List.of(),
                        Duration.ZERO,
                        Optional.of(real.group()));

        assertThat(ended).isTrue();
        assertThat(process.waitFor()).isEqualTo(128 + 9);
    }

    @Test
    void a_tree_that_ended_before_it_was_looked_at_has_no_members() throws Exception {
        Process process = start(Launcher.ofThisSystem(), "exit 0");
        process.waitFor();

        ProcessTree tree = new ProcessTree(PROC, process, MARK, true);

        assertThat(tree.members()).isEmpty();
        assertThat(tree.end(Duration.ZERO)).isTrue();
    }

    @Test
    void what_a_tree_consumes_is_measured_while_it_runs() throws Exception {
        try (UsageSampler sampler = new UsageSampler(PROC)) {
            Process process = start(
                    Launcher.ofThisSystem(),
                    "sh -c 'i=0; while [ $i -lt 1000000 ]; do i=$((i+1)); done'; echo ready; read _; exit 0");
            UsageSampler.Sample sample = sampler.measure(new ProcessTree(PROC, process, MARK, true));
            awaitReady(process);
            sample.look();
            process.destroyForcibly().waitFor();

            List<Usage> usage = sample.stop();

            assertThat(usage).extracting(Usage::type).containsExactly(Usage.CPU_TIME, Usage.MEMORY);
            assertThat(usage).extracting(Usage::unit).containsExactly("ms", "bytes");
            assertThat(usage.getFirst().milliAmount()).isBetween(20_000L, 60_000_000L);
            assertThat(usage.getLast().milliAmount()).isBetween(100_000_000L, 100_000_000_000L);
        }
    }

    @Test
    void the_sampler_looks_by_itself() throws Exception {
        try (UsageSampler sampler = new UsageSampler(PROC)) {
            Process process = start(Launcher.ofThisSystem(), "echo ready; sleep 120");
            ProcessTree tree = new ProcessTree(PROC, process, MARK, true);
            UsageSampler.Sample sample = sampler.measure(tree);
            await().until(() -> !sample.figures().isEmpty());
            assertThat(tree.end(Duration.ofSeconds(10))).isTrue();

            assertThat(sample.stop()).extracting(Usage::type).contains(Usage.MEMORY);
        }
    }

    @Test
    void what_was_not_measured_is_absent() throws Exception {
        UsageSampler sampler = new UsageSampler(PROC);
        sampler.close();
        Process process = start(Launcher.ofThisSystem(), "exit 0");
        UsageSampler.Sample sample = sampler.measure(new ProcessTree(PROC, process, MARK, true));
        process.waitFor();

        assertThat(sample.stop()).isEmpty();
    }

    @Test
    void an_engine_is_not_an_orphan_of_the_task_in_which_it_runs() {
        String parent = PROC.snapshot().stream()
                .filter(entry -> entry.pid() == ProcessHandle.current().pid())
                .flatMap(entry -> PROC.mark(entry).stream())
                .findFirst()
                .orElse("none");

        assertThat(new Orphans(PROC, parent).find())
                .extracting(ProcessEntry::pid)
                .doesNotContain(ProcessHandle.current().pid());
    }

    @Test
    void a_table_of_proc_reads_what_odd_programs_leave_there() throws Exception {
        Path process = Files.createDirectories(directory.resolve("proc/42"));
        ProcFs proc = new ProcFs(directory.resolve("proc"));
        assertThat(proc.snapshot()).isEmpty();

        Files.writeString(process.resolve("stat"), "42 (a) b (c) Z 7 8 9 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 555 0 0 0\n");
        assertThat(proc.snapshot()).containsExactly(new ProcessEntry(42, 7, 8, 9, 555, false, 100));
        Files.writeString(process.resolve("stat"), "42 (short) S 1\n");
        assertThat(proc.snapshot()).isEmpty();

        ProcessEntry entry = new ProcessEntry(42, 7, 8, 9, 555, true, 0);
        assertThat(proc.memory(entry)).isEmpty();
        Files.writeString(process.resolve("status"), "Name:\tkworker\n");
        assertThat(proc.memory(entry)).isEmpty();
        Files.writeString(process.resolve("status"), "VmHWM:\t  20 kB\nVmRSS:\t  10 kB\n");
        assertThat(proc.memory(entry)).contains(new ProcessTable.ResidentSet(10_240, 20_480));
        assertThat(proc.mark(entry)).isEmpty();
        Files.writeString(
                process.resolve("environ"),
                "LONG=" + "x".repeat(100_000) + "\0R=1\0ROPEWALK_ATTEMPTS=2\0ROPEWALK_ATTEMPT=s/e/t/0/1");
        assertThat(proc.mark(entry)).contains("s/e/t/0/1");
        assertThat(new ProcFs(directory.resolve("nowhere")).snapshot()).isEmpty();
    }

    /// Numbers 10, 20 … 90 with the last one given out as told by `loadavg`.
    private List<Long> since(long pid, String lastNumber) throws IOException {
        Path root = Files.createDirectories(directory.resolve("numbers"));
        for (int number = 10; number < 100; number += 10) {
            Path process = Files.createDirectories(root.resolve(Integer.toString(number)));
            Files.writeString(process.resolve("stat"), number + " (a) S 1 2 3 0 -1 0 0 0 0 0 1 2 3 4 20 0 1 0 5 0 0 0");
        }
        Files.writeString(root.resolve("loadavg"), "0.1 0.2 0.3 1/200 " + lastNumber + "\n");
        return new ProcFs(root)
                .since(pid).stream().map(ProcessEntry::pid).sorted().toList();
    }

    @Test
    void younger_processes_are_those_with_the_numbers_given_out_since() throws Exception {
        assertThat(since(40, "60")).containsExactly(40L, 50L, 60L);
        assertThat(since(40, "80")).containsExactly(40L, 50L, 60L, 70L, 80L);
        assertThat(since(70, "20")).containsExactly(10L, 20L, 70L, 80L, 90L);
        assertThat(since(40, "unknown")).hasSize(9);
        assertThat(new ProcFs(directory.resolve("nowhere")).since(1)).isEmpty();
        assertThat(new PsTable().since(1))
                .extracting(ProcessEntry::pid)
                .contains(ProcessHandle.current().pid());
    }

    @Test
    void who_asks_during_a_look_gets_the_next_one_and_shares_it() throws Exception {
        Semaphore begin = new Semaphore(0);
        AtomicInteger looks = new AtomicInteger();
        SharedLook<Integer> shared = new SharedLook<>(() -> {
            int number = looks.incrementAndGet();
            begin.acquireUninterruptibly();
            return List.of(number);
        });
        List<List<Integer>> seen = new CopyOnWriteArrayList<>();
        Thread first = Thread.ofVirtual().start(() -> seen.add(shared.get()));
        await().until(() -> looks.get() == 1);
        List<Thread> later = Stream.generate(() -> Thread.ofVirtual().start(() -> seen.add(shared.get())))
                .limit(3)
                .toList();
        await().until(() -> later.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
        begin.release(2);
        first.join();
        for (Thread thread : later) {
            thread.join();
        }

        assertThat(seen).containsExactlyInAnyOrder(List.of(1), List.of(2), List.of(2), List.of(2));
    }

    @Test
    void ps_knows_neither_marks_nor_memory() {
        PsTable ps = new PsTable();
        ProcessEntry self = ps.find(ProcessHandle.current().pid()).orElseThrow();

        assertThat(self.alive()).isTrue();
        assertThat(ps.mark(self)).isEmpty();
        assertThat(ps.memory(self)).isEmpty();
    }

    @Test
    void linux_has_the_table_that_knows_marks() {
        assertThat(ProcessTable.ofThisSystem()).isInstanceOf(ProcFs.class);
    }
}
