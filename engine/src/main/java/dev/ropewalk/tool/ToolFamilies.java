package dev.ropewalk.tool;

import dev.ropewalk.plan.DidYouMean;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes families of tools as the configuration says, in the order of their names.
///
/// @param sections of the configuration, by the name of the family
/// @param workingDirectory against which relative paths are resolved
/// @param environment from which a family may pass variables on
public record ToolFamilies(
        Map<String, Map<String, @Nullable Object>> sections, Path workingDirectory, Map<String, String> environment) {

    public ToolFamilies {
        sections = Map.copyOf(sections);
        environment = Map.copyOf(environment);
    }

    /// Adds a family of each factory to `registry`, which closes them.
    ///
    /// @throws IllegalArgumentException if a setting is not valid, two factories have one name, or a
    ///     section belongs to no family; the families added by then are the registry's to close
    public void addTo(ToolRegistry registry, Iterable<ToolProviderFactory> factories) {
        SortedMap<String, ToolProviderFactory> byName = new TreeMap<>();
        for (ToolProviderFactory factory : factories) {
            ToolProviderFactory other = byName.put(factory.name(), factory);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two families of tools are named \"%s\": %s and %s; remove one of them"
                                .formatted(
                                        factory.name(),
                                        other.getClass().getName(),
                                        factory.getClass().getName()));
            }
        }
        for (String section : sections.keySet().stream().sorted().toList()) {
            if (!byName.containsKey(section)) {
                throw new IllegalArgumentException("tools.%s: there is no family of tools with this name; %s"
                        .formatted(
                                section,
                                DidYouMean.remedy(
                                        section, byName.keySet(), "there are " + DidYouMean.list(byName.keySet()))));
            }
        }
        byName.forEach((name, factory) -> registry.add(factory.create(
                new ToolSettings(sections.getOrDefault(name, Map.of()), workingDirectory, environment))));
    }
}
