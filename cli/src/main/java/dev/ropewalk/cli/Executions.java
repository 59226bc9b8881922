package dev.ropewalk.cli;

import dev.ropewalk.EngineException;
import dev.ropewalk.History;

/// Looks executions up for commands.
final class Executions {

    private Executions() {}

    /// @param id or how it starts
    static History.Execution find(History history, String id) {
        return history.execution(id)
                .orElseThrow(() -> new EngineException(
                        "EXECUTION_UNKNOWN",
                        "there is no execution \"%s\"".formatted(id),
                        "list them with `ropewalk list`"));
    }
}
