package dev.ropewalk.tool.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ropewalk.tool.ToolException;
import dev.ropewalk.tool.ToolProvider;
import dev.ropewalk.tool.ToolResult;
import dev.ropewalk.tool.ToolSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/// The servers that the tests talk to, and a provider for some of them.
final class Servers implements AutoCloseable {
    private static final Path NPM = Path.of("src/test/npm").toAbsolutePath();
    private static final Path OFFICIAL = NPM.resolve("node_modules/@modelcontextprotocol");

    static final List<String> EVERYTHING =
            List.of("node", OFFICIAL.resolve("server-everything/dist/index.js").toString());

    static final String ONLY_LOOPBACK = NPM.resolve("only-loopback.mjs").toUri().toString();

    final ToolProvider provider;

    private Servers(ToolProvider provider) {
        this.provider = provider;
    }

    static List<String> files(Path directory) {
        return List.of(
                "node", OFFICIAL.resolve("server-filesystem/dist/index.js").toString(), directory.toString());
    }

    static List<String> abortable() {
        return List.of("node", NPM.resolve("abort-server.mjs").toString());
    }

    static List<String> fake(String manner) {
        return List.of("node", NPM.resolve("fake-server.mjs").toString(), manner);
    }

    /// One server, named `s`, with the settings given as `key, value, key, value …`.
    static Servers command(List<String> command, Object... settings) {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("command", command);
        for (int i = 0; i < settings.length; i += 2) {
            server.put((String) settings[i], settings[i + 1]);
        }
        return of(Map.of("s", server));
    }

    static Servers url(String url) {
        return of(Map.of("s", Map.of("url", url)));
    }

    static Servers of(Map<String, Object> servers) {
        return of(servers, Map.of());
    }

    static Servers of(Map<String, Object> servers, Map<String, String> environment) {
        Map<String, String> all = new HashMap<>(System.getenv());
        all.putAll(environment);
        ToolSettings settings =
                new ToolSettings(Map.of("servers", servers), Path.of("").toAbsolutePath(), all);
        return new Servers(new McpToolProviderFactory().create(settings));
    }

    Object call(String tool, TestCall call) throws Exception {
        ToolResult result = provider.find("mcp:s/" + tool).orElseThrow().call(call);
        return result.value();
    }

    Object call(String tool) throws Exception {
        return call(tool, TestCall.empty());
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> structured(String tool, TestCall call) throws Exception {
        return (Map<String, Object>) ((Map<String, Object>) call(tool, call)).get("structured");
    }

    String text(String tool, TestCall call) throws Exception {
        return (String) ((Map<?, ?>) call(tool, call)).get("text");
    }

    String text(String tool) throws Exception {
        return text(tool, TestCall.empty());
    }

    long pid() throws Exception {
        return Long.parseLong(text("pid"));
    }

    ToolException failure(String tool, TestCall call) {
        return Assertions.catchThrowableOfType(ToolException.class, () -> call(tool, call));
    }

    ToolException failure(String tool) {
        return failure(tool, TestCall.empty());
    }

    List<String> problems() {
        List<String> problems = new java.util.ArrayList<>();
        provider.list(problems::add);
        return problems;
    }

    static void assertFails(ToolException failure, String code, boolean retryable) {
        assertThat(failure).isNotNull();
        assertThat(failure.code()).as(failure.message()).isEqualTo(code);
        assertThat(failure.isRetryable()).isEqualTo(retryable);
    }

    @Override
    public void close() {
        provider.close();
    }
}
