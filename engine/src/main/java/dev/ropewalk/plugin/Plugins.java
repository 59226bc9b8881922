package dev.ropewalk.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/// The jars of a directory, found when it is opened and used until it is closed. All of them share one
/// class loader behind the program's own, so a plug-in may bring its libraries as further jars but
/// cannot replace what the program has.
///
/// Whoever can write to the directory can run code as the user of the program: it belongs to the
/// operator alone.
public final class Plugins implements AutoCloseable {

    private final List<Plugin> plugins;
    private final URLClassLoader loader;

    private Plugins(List<Plugin> plugins, URLClassLoader loader) {
        this.plugins = plugins;
        this.loader = loader;
    }

    /// @param directory may be missing: then there are no plug-ins
    /// @throws PluginException if the directory or a jar in it cannot be read
    public static Plugins load(Path directory) {
        List<Plugin> plugins = new ArrayList<>();
        List<URL> urls = new ArrayList<>();
        for (Path jar : jars(directory)) {
            plugins.add(PluginJar.read(jar));
            urls.add(url(jar));
        }
        return new Plugins(
                List.copyOf(plugins),
                new URLClassLoader("ropewalk-plugins", urls.toArray(URL[]::new), Plugins.class.getClassLoader()));
    }

    /// In the order of the names of their files.
    public List<Plugin> list() {
        return plugins;
    }

    /// Sees the program and all plug-ins; of no use after [#close].
    public ClassLoader loader() {
        return loader;
    }

    /// Every implementation of `service`, the program's own first.
    ///
    /// @throws PluginException if one of them cannot be made
    public <S> List<S> all(Class<S> service) {
        List<S> found = new ArrayList<>();
        try {
            ServiceLoader.load(service, loader).forEach(found::add);
        } catch (ServiceConfigurationError e) {
            throw new PluginException(
                    "%s cannot be used: %s; remove it, or put what it needs beside it"
                            .formatted(culprit(String.valueOf(e.getMessage())), e.getMessage()),
                    e);
        }
        return found;
    }

    /// The first of [#all].
    public <S> Optional<S> first(Class<S> service) {
        return all(service).stream().findFirst();
    }

    /// The jar that provides a class named in the message.
    private String culprit(String message) {
        for (Plugin plugin : plugins) {
            for (Plugin.Provided provided : plugin.provides()) {
                if (message.contains(provided.implementation())) {
                    return "the plug-in " + plugin.jar();
                }
            }
        }
        return "a part of the program";
    }

    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            throw new PluginException("the jars of plug-ins cannot be closed: " + e.getMessage(), e);
        }
    }

    private static List<Path> jars(Path directory) {
        if (!Files.exists(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new PluginException(
                    "the directory of plug-ins %s cannot be read: %s; make it a directory that you may list"
                            .formatted(directory, e),
                    e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new PluginException("the plug-in %s has no address: %s".formatted(jar, e.getMessage()), e);
        }
    }
}
