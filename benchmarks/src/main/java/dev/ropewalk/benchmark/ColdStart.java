package dev.ropewalk.benchmark;

import java.io.IOException;

/// The program that W4 starts: does one task, says so, and waits until its input ends.
public final class ColdStart {

    private ColdStart() {}

    /// @param arguments the store: `sqlite` or `memory`
    public static void main(String[] arguments) throws IOException {
        try (EngineUnderTest test = EngineUnderTest.open(arguments[0], 16)) {
            test.engine().execute(Plans.single()).join().orElseThrow();
            System.out.write("done\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            System.out.flush();
            while (System.in.read() >= 0) {
                // Idle until whoever measures has seen enough.
            }
        }
    }
}
