package dev.ropewalk.tool.system.shell;

import java.util.Map;
import java.util.Optional;

/// How the first process of an attempt ended.
///
/// The JDK reports a death by signal n as the exit code 128 + n, as shells do, so a program that
/// itself exits with such a code cannot be told from one that was killed.
record ExitStatus(int code) {
    private static final int SIGNAL_BASE = 128;

    private static final Map<Integer, String> COMMON = Map.ofEntries(
            Map.entry(1, "HUP"),
            Map.entry(2, "INT"),
            Map.entry(3, "QUIT"),
            Map.entry(4, "ILL"),
            Map.entry(5, "TRAP"),
            Map.entry(6, "ABRT"),
            Map.entry(8, "FPE"),
            Map.entry(9, "KILL"),
            Map.entry(11, "SEGV"),
            Map.entry(13, "PIPE"),
            Map.entry(14, "ALRM"),
            Map.entry(15, "TERM"),
            Map.entry(24, "XCPU"),
            Map.entry(25, "XFSZ"));
    private static final Map<Integer, String> LINUX = Map.of(7, "BUS", 10, "USR1", 12, "USR2", 31, "SYS");
    private static final Map<Integer, String> MACOS = Map.of(10, "BUS", 12, "SYS", 30, "USR1", 31, "USR2");

    /// The name of the signal without `SIG`, if the code stands for one.
    Optional<String> signal(String operatingSystem) {
        int number = code - SIGNAL_BASE;
        Map<Integer, String> own = operatingSystem.startsWith("Mac") ? MACOS : LINUX;
        return Optional.ofNullable(COMMON.getOrDefault(number, own.get(number)));
    }

    String failureCode(String operatingSystem) {
        return signal(operatingSystem).map(name -> "SIGNAL_" + name).orElse("EXIT_" + code);
    }

    String describe(String operatingSystem) {
        return signal(operatingSystem)
                .map(name -> name.equals("KILL")
                        ? "killed by SIGKILL, often the kernel's answer to too little memory"
                        : "killed by SIG" + name)
                .orElse("exit code " + code);
    }
}
