package dev.ropewalk.cli;

import dev.ropewalk.ExecutionUpdate;

/// Shows an execution while it runs.
interface Display extends AutoCloseable {

    void update(ExecutionUpdate update);

    /// A line from elsewhere, in its place between those of the display.
    void note(String line);

    @Override
    void close();

    /// Shows nothing but notes.
    static Display quiet(Terminal terminal) {
        return new Display() {
            @Override
            public void update(ExecutionUpdate update) {}

            @Override
            public void note(String line) {
                terminal.err().println(line);
            }

            @Override
            public void close() {}
        };
    }
}
