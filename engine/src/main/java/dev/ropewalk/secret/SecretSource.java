package dev.ropewalk.secret;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Knows the values of secrets by name. Asked again for each call that needs one, on the thread of the
/// attempt, so a secret may change while the engine runs. Safe for use by several threads.
///
/// Plans refer to a secret as `${secrets.NAME}`. Its value takes its place only when the tool is
/// called, and is replaced by `***` in everything that is recorded or shown.
public interface SecretSource {

    /// The value, or empty if there is none of this name.
    ///
    /// @throws IOException if it cannot be asked now; another attempt may
    Optional<String> find(String name) throws IOException;

    /// What a person does to provide the secret, as the end of a sentence: `set … and start again`.
    String remedy(String name);

    /// This source, and for what it does not have the next.
    default SecretSource orElse(SecretSource next) {
        SecretSource first = this;
        return new SecretSource() {
            @Override
            public Optional<String> find(String name) throws IOException {
                Optional<String> value = first.find(name);
                return value.isPresent() ? value : next.find(name);
            }

            @Override
            public String remedy(String name) {
                return first.remedy(name) + ", or " + next.remedy(name);
            }
        };
    }

    /// The variables `ROPEWALK_SECRET_<NAME>` of an environment.
    static SecretSource ofEnvironment(Map<String, String> environment) {
        return new EnvironmentSecrets(environment);
    }
}
