package dev.ropewalk.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// The processes of this machine that bear the mark of a store's attempts. Linux only: elsewhere none
/// are found.
final class MarkedProcesses {
    private MarkedProcesses() {}

    static List<ProcessHandle> of(String storeId) {
        return ProcessHandle.allProcesses()
                .filter(process -> isMarked(process, "ROPEWALK_ATTEMPT=" + storeId))
                .toList();
    }

    private static boolean isMarked(ProcessHandle process, String mark) {
        try {
            byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(process.pid()), "environ"));
            return Arrays.stream(new String(environment, ISO_8859_1).split("\0"))
                    .anyMatch(variable -> variable.startsWith(mark));
        } catch (IOException _) {
            return false;
        }
    }
}
