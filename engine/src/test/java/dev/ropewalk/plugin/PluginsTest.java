package dev.ropewalk.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ropewalk.plugin.Plugin.Provided;
import dev.ropewalk.secret.SecretSource;
import dev.ropewalk.store.StoreProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PluginsTest {

    private static final String SERVICE = "META-INF/services/" + SecretSource.class.getName();

    @TempDir
    Path directory;

    @Test
    void without_a_directory_there_are_no_plugins_but_what_the_program_has_is_found() {
        try (Plugins plugins = Plugins.load(directory.resolve("none"))) {
            assertThat(plugins.list()).isEmpty();
            assertThat(plugins.first(SecretSource.class)).isEmpty();
            assertThat(plugins.all(StoreProvider.class))
                    .extracting(StoreProvider::scheme)
                    .contains("memory");
        }
    }

    @Test
    void a_jar_says_what_it_provides_and_is_used() throws Exception {
        jar("vault.jar", "Vault", Map.of(SERVICE, "# ours\n\ndemo.Vault # the one\n", "demo/Vault.class", vault()));
        jar("library.jar", "", Map.of("META-INF/services/org.other.Service", "org.other.Impl"));
        Files.writeString(directory.resolve("README.txt"), "not a jar");

        try (Plugins plugins = Plugins.load(directory)) {
            assertThat(plugins.list())
                    .containsExactly(
                            new Plugin(directory.resolve("library.jar"), "library", "", List.of()),
                            new Plugin(
                                    directory.resolve("vault.jar"),
                                    "Vault",
                                    "1.2",
                                    List.of(new Provided(SecretSource.class.getName(), "demo.Vault"))));
            assertThat(plugins.first(SecretSource.class).orElseThrow().find("x"))
                    .contains("from the vault");
            assertThat(plugins.loader().loadClass("demo.Vault").getClassLoader())
                    .isSameAs(plugins.loader());
        }
    }

    @Test
    void what_cannot_be_used_is_named_with_a_remedy() throws Exception {
        jar("broken.jar", "", Map.of(SERVICE, "demo.Missing"));
        try (Plugins plugins = Plugins.load(directory)) {
            assertThatThrownBy(() -> plugins.all(SecretSource.class))
                    .isInstanceOf(PluginException.class)
                    .hasMessageContaining("demo.Missing")
                    .hasMessageContaining("broken.jar")
                    .hasMessageContaining("remove it, or put what it needs beside it");
        }
    }

    @Test
    void a_file_that_is_no_jar_is_named() throws IOException {
        Files.writeString(directory.resolve("half.jar"), "PK, but no more");
        assertThatThrownBy(() -> Plugins.load(directory))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("half.jar cannot be read")
                .hasMessageContaining("copy it again or remove it");
        assertThatThrownBy(() -> Plugins.load(directory.resolve("half.jar")))
                .isInstanceOf(PluginException.class)
                .hasMessageContaining("make it a directory");
    }

    private void jar(String file, String title, Map<String, Object> entries) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!title.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_TITLE, title);
            manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, "1.2");
        }
        try (OutputStream out = Files.newOutputStream(directory.resolve(file));
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, Object> entry : entries.entrySet()) {
                jar.putNextEntry(new JarEntry(entry.getKey()));
                jar.write(
                        entry.getValue() instanceof byte[] bytes
                                ? bytes
                                : ((String) entry.getValue()).getBytes(StandardCharsets.UTF_8));
                jar.closeEntry();
            }
        }
    }

    /// A class that is not on the class path.
    private static byte[] vault() throws IOException {
        Path work = Files.createTempDirectory("plugin");
        Path source = Files.createDirectories(work.resolve("demo")).resolve("Vault.java");
        Files.writeString(source, """
                package demo;
                public class Vault implements dev.ropewalk.secret.SecretSource {
                    public java.util.Optional<String> find(String name) { return java.util.Optional.of("from the vault"); }
                    public String remedy(String name) { return ""; }
                }
                """);
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString());
        assertThat(status).isZero();
        return Files.readAllBytes(work.resolve("demo/Vault.class"));
    }
}
