package dev.ropewalk.tool.system.http;

import dev.ropewalk.tool.Tool;
import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.system.TestCall;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The family `http`, and a server to talk to.
final class HttpFixture implements AutoCloseable {
    final FaultyServer server = FaultyServer.start();
    final ToolProvider provider;
    final Tool tool;

    /// @param settings beside the one that allows the server
    HttpFixture(Map<String, ?> settings) {
        Map<String, @Nullable Object> all = new HashMap<>(Map.of("allowPrivateAddresses", true));
        all.putAll(settings);
        provider = new HttpToolProviderFactory().create(settings(all));
        try {
            tool = provider.find(HttpTool.NAME).orElseThrow();
        } catch (ToolException e) {
            throw new AssertionError(e);
        }
    }

    static ToolSettings settings(Map<String, @Nullable Object> values) {
        return new ToolSettings(values, Path.of(""), Map.of());
    }

    TestCall get(String path) {
        return TestCall.with(Map.of("url", server.url(path)));
    }

    @Override
    public void close() {
        provider.close();
        server.close();
    }
}
