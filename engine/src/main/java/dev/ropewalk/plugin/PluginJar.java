package dev.ropewalk.plugin;

import dev.ropewalk.plugin.Plugin.Provided;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/// Reads what a jar says of itself, without running anything in it.
final class PluginJar {

    private static final String SERVICES = "META-INF/services/";

    /// Only our own interfaces make a jar a plug-in; libraries provide others.
    private static final String OURS = "dev.ropewalk.";

    /// A list of classes is short.
    private static final int MOST_BYTES = 64 * 1024;

    private PluginJar() {}

    static Plugin read(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            String file = path.getFileName().toString();
            return new Plugin(
                    path,
                    attribute(jar, Attributes.Name.IMPLEMENTATION_TITLE)
                            .orElse(file.substring(0, file.length() - ".jar".length())),
                    attribute(jar, Attributes.Name.IMPLEMENTATION_VERSION).orElse(""),
                    provided(jar));
        } catch (IOException e) {
            throw new PluginException(
                    "the plug-in %s cannot be read: %s; copy it again or remove it".formatted(path, e.getMessage()), e);
        }
    }

    private static Optional<String> attribute(JarFile jar, Attributes.Name name) throws IOException {
        Manifest manifest = jar.getManifest();
        return manifest == null
                ? Optional.empty()
                : Optional.ofNullable(manifest.getMainAttributes().getValue(name));
    }

    private static List<Provided> provided(JarFile jar) throws IOException {
        List<Provided> provided = new ArrayList<>();
        List<JarEntry> entries = jar.stream()
                .filter(entry -> entry.getName().startsWith(SERVICES + OURS))
                .toList();
        for (JarEntry entry : entries) {
            String service = entry.getName().substring(SERVICES.length());
            for (String line : text(jar, entry).lines().toList()) {
                String implementation = line.replaceFirst("#.*", "").strip();
                if (!implementation.isEmpty()) {
                    provided.add(new Provided(service, implementation));
                }
            }
        }
        return provided;
    }

    private static String text(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
        }
    }
}
