package dev.ropewalk.tool.system.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.TestCall;
import dev.ropewalk.tool.system.process.ProcessTable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The family `shell` in a directory of its own.
final class ShellFixture implements AutoCloseable {
    final ToolProvider provider;
    final Tool tool;

    ShellFixture(Path directory, Map<String, @Nullable Object> settings) {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("ENGINE_SECRET", "canary");
        environment.put("LC_MESSAGES", "C");
        provider = new ShellToolProviderFactory().create(new ToolSettings(settings, directory, environment));
        tool = find(provider);
    }

    private static Tool find(ToolProvider provider) {
        try {
            return provider.find(ShellTool.NAME).orElseThrow();
        } catch (ToolException e) {
            throw new AssertionError(e);
        }
    }

    static TestCall command(Object... words) {
        return TestCall.with(Map.of("command", Arrays.asList(words)));
    }

    static TestCall script(String text, Object... args) {
        return TestCall.with(Map.of("script", text, "args", Arrays.asList(args)));
    }

    /// Numbers of all processes that carry the mark of `call`.
    static List<Long> processesOf(TestCall call) {
        ProcessTable table = ProcessTable.ofThisSystem();
        return table.snapshot().stream()
                .filter(entry -> entry.alive()
                        && table.mark(entry).filter(call.processMark()::equals).isPresent())
                .map(entry -> entry.pid())
                .toList();
    }

    static void assertNothingLeftOf(TestCall call) {
        assertThat(processesOf(call)).as("processes left").isEmpty();
    }

    @Override
    public void close() {
        provider.close();
    }
}
