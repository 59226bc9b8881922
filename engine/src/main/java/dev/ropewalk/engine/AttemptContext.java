package dev.ropewalk.engine;

import dev.ropewalk.tool.ArgumentCheck;
import dev.ropewalk.tool.Output;
import dev.ropewalk.tool.ToolRegistry;
import dev.ropewalk.value.Evaluation;
import dev.ropewalk.value.OutputLimits;
import dev.ropewalk.value.Secrets;
import dev.ropewalk.value.ValueReader;
import dev.ropewalk.value.ValueWriter;
import java.nio.file.Path;
import java.time.Duration;

/// What attempts and evaluations share. Every part is safe for use by several threads.
///
/// @param storeId the start of the mark that processes carry
record AttemptContext(
        String storeId,
        Duration grace,
        Inbox inbox,
        ToolRegistry tools,
        AgentDirectory agents,
        Evaluation evaluation,
        Secrets secrets,
        ValueReader reader,
        ValueWriter writer,
        ArgumentCheck argumentCheck,
        OutputLimits outputLimits,
        Path temporary) {

    FailureWords failures() {
        return new FailureWords(secrets);
    }

    Output newOutput() {
        return secrets.output(outputLimits, temporary);
    }
}
