package dev.ropewalk.tool.mcp;

import dev.ropewalk.tool.ToolSettings;
import dev.ropewalk.tool.mcp.ServerSettings.OnToolChange;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the section `tools.mcp` of the configuration; reports all its problems at once.
final class SettingsReader {
    private static final Pattern SERVER_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final List<String> LIMITS =
            List.of("startTimeout", "requestTimeout", "maxMessageSize", "onToolChange");
    private static final List<String> OF_COMMANDS = List.of("command", "env", "cwd");
    private static final List<String> OF_URLS = List.of("url", "headers", "allowPrivateAddresses");

    /// Headers that belong to the protocol.
    private static final Set<String> RESERVED_HEADERS = Set.of(
            "host",
            "content-length",
            "content-type",
            "transfer-encoding",
            "connection",
            "accept",
            "accept-encoding",
            "last-event-id",
            "mcp-session-id",
            "mcp-protocol-version");

    private final Path workingDirectory;
    private final Problems problems = new Problems();

    private SettingsReader(Path workingDirectory) {
        this.workingDirectory = workingDirectory;
    }

    /// @throws IllegalArgumentException with a line for each problem
    static Map<String, ServerSettings> read(ToolSettings settings) {
        SettingsReader reader = new SettingsReader(settings.workingDirectory());
        Section section = new Section("tools.mcp", settings.values(), reader.problems);
        section.allow(List.of("servers"));
        Map<String, ServerSettings> servers = new LinkedHashMap<>();
        for (Map.Entry<String, @Nullable Object> entry : section.map("servers").entrySet()) {
            reader.server(entry.getKey(), entry.getValue()).ifPresent(server -> servers.put(server.name(), server));
        }
        reader.problems.throwIfAny();
        return servers;
    }

    private Optional<ServerSettings> server(String name, @Nullable Object value) {
        String path = "tools.mcp.servers." + name;
        if (!SERVER_NAME.matcher(name).matches()) {
            problems.add(path, "a server's name starts with a letter and has at most 64 letters, digits, '-' and '_'");
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> values)) {
            problems.add(path, "must hold `command: [program, argument, …]` or `url: https://…`");
            return Optional.empty();
        }
        Section section = new Section(path, Section.strings(values), problems);
        ServerSettings.Endpoint endpoint = endpoint(section);
        Duration startTimeout = section.duration("startTimeout", Duration.ofSeconds(60));
        Duration requestTimeout = section.duration("requestTimeout", Duration.ofMinutes(5));
        int maxMessageBytes = section.size("maxMessageSize", 16 << 20);
        OnToolChange onToolChange = onToolChange(section);
        return Optional.ofNullable(endpoint)
                .map(reached ->
                        new ServerSettings(name, reached, startTimeout, requestTimeout, maxMessageBytes, onToolChange));
    }

    private ServerSettings.@Nullable Endpoint endpoint(Section section) {
        boolean command = section.has("command");
        boolean url = section.has("url");
        List<String> allowed = new ArrayList<>(LIMITS);
        if (command || !url) {
            allowed.addAll(OF_COMMANDS);
        }
        if (url || !command) {
            allowed.addAll(OF_URLS);
        }
        section.allow(allowed);
        if (command == url) {
            problems.add(
                    section.path(),
                    "must have either `command: [program, argument, …]` (a server that is started here) or `url: https://…` (one that runs elsewhere)"
                            + (command ? ", not both" : ""));
            return null;
        }
        return command ? command(section) : url(section);
    }

    private ServerSettings.@Nullable Endpoint command(Section section) {
        List<String> command = section.texts("command");
        Map<String, String> env = section.textMap("env");
        for (String variable : env.keySet()) {
            if (!VARIABLE_NAME.matcher(variable).matches()) {
                problems.add(section.path("env." + variable), "is not the name of an environment variable");
            }
        }
        Path directory = section.text("cwd").map(workingDirectory::resolve).orElse(workingDirectory);
        return command.isEmpty() ? null : new ServerSettings.Command(command, env, directory);
    }

    private ServerSettings.@Nullable Endpoint url(Section section) {
        Map<String, String> headers = section.textMap("headers");
        headers.forEach((header, value) -> header(section, header, value));
        boolean allowPrivateAddresses = section.flag("allowPrivateAddresses", false);
        URI url = section.text("url").map(text -> parse(section, text)).orElse(null);
        return url == null ? null : new ServerSettings.Url(url, headers, allowPrivateAddresses);
    }

    private void header(Section section, String header, String value) {
        String path = section.path("headers." + header);
        if (!HEADER_NAME.matcher(header).matches()) {
            problems.add(path, "is not the name of an HTTP header");
        } else if (RESERVED_HEADERS.contains(header.toLowerCase(Locale.ROOT))) {
            problems.add(path, "is set by the protocol itself; leave it out");
        }
        if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            problems.add(path, "has a control character in its value");
        }
    }

    private @Nullable URI parse(Section section, String text) {
        try {
            URI url = new URI(text);
            boolean http = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (http && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // told below, with all else that an address must have
        }
        problems.add(
                section.path("url"),
                "\"" + text
                        + "\" is not an address like https://mcp.example.com/mcp (http or https, without user and #)");
        return null;
    }

    private OnToolChange onToolChange(Section section) {
        String word = section.text("onToolChange").orElse("refuse");
        return switch (word) {
            case "refuse" -> OnToolChange.REFUSE;
            case "accept" -> OnToolChange.ACCEPT;
            default -> {
                problems.add(
                        section.path("onToolChange"), "\"" + word + "\" is not known; it must be refuse or accept");
                yield OnToolChange.REFUSE;
            }
        };
    }
}
