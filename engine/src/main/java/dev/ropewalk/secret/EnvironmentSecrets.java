package dev.ropewalk.secret;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Secrets from variables of the environment.
final class EnvironmentSecrets implements SecretSource {

    private static final String PREFIX = "ROPEWALK_SECRET_";

    private final Map<String, String> environment;

    EnvironmentSecrets(Map<String, String> environment) {
        this.environment = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Optional<String> find(String name) {
        return Optional.ofNullable(environment.get(PREFIX + name));
    }

    @Override
    public String remedy(String name) {
        return "set the environment variable %s%s and start again".formatted(PREFIX, name);
    }
}
