package dev.ropewalk.tool.system.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What the operating system says about all processes. Safe for use by several threads.
public sealed interface ProcessTable permits ProcFs, PsTable {

    /// The environment variable by which the processes of an attempt are recognised.
    String MARK = "ROPEWALK_ATTEMPT";

    /// The best table that this system has: `/proc` where there is one, else the command `ps`,
    /// which knows neither marks nor consumption.
    static ProcessTable ofThisSystem() {
        return Files.isReadable(Path.of("/proc/self/stat")) ? new ProcFs(Path.of("/proc")) : new PsTable();
    }

    /// Every process that can be seen, in no particular order.
    List<ProcessEntry> snapshot();

    /// At least every process started after the one with the number `pid`, unless as many were started
    /// since then as there are numbers.
    List<ProcessEntry> since(long pid);

    /// The process that has the number `pid` now.
    Optional<ProcessEntry> find(long pid);

    /// The value of [#MARK] in the environment with which the process was started, if it can be
    /// read.
    Optional<String> mark(ProcessEntry process);

    /// The memory of the process, if it can be read.
    Optional<ResidentSet> memory(ProcessEntry process);

    /// Memory of one process in bytes.
    ///
    /// @param peak the most it ever had since it began to run its program
    record ResidentSet(long now, long peak) {}
}
