package dev.ropewalk.value;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The values of secrets that were handed to tools, and the patterns to find them by. Safe for use by
/// several threads.
final class KnownSecrets {

    private static final Logger log = LoggerFactory.getLogger(KnownSecrets.class);

    /// A source may give a new value every minute; the oldest are forgotten.
    private static final int MOST = 1_000;

    private final SequencedMap<String, Collection<byte[]>> formsByValue = new LinkedHashMap<>();
    private volatile SecretPatterns patterns = SecretPatterns.NONE;

    SecretPatterns patterns() {
        return patterns;
    }

    synchronized void add(String name, String value) {
        if (formsByValue.containsKey(value)) {
            return;
        }
        if (value.length() < SecretForms.SHORTEST_SECRET) {
            log.warn(
                    "Secret is too short to be kept out of results name={} leastLength={}",
                    name,
                    SecretForms.SHORTEST_SECRET);
        }
        formsByValue.put(value, SecretForms.of(value));
        if (formsByValue.size() > MOST) {
            formsByValue.pollFirstEntry();
        }
        List<byte[]> all =
                formsByValue.values().stream().flatMap(Collection::stream).toList();
        patterns = new SecretPatterns(all);
    }
}
