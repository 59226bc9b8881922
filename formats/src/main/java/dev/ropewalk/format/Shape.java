package dev.ropewalk.format;

import java.util.List;
import java.util.Map;

/// What a kind of map in a plan file may hold.
///
/// @param noun what people call it: `a task`
/// @param keys the keys it may have
/// @param unbuilt keys that the design knows and this version does not, with what to do instead
/// @param others how other systems and people spell our keys
record Shape(String noun, List<String> keys, Map<String, String> unbuilt, Map<String, String> others) {

    Shape(String noun, List<String> keys) {
        this(noun, keys, Map.of(), Map.of());
    }
}
