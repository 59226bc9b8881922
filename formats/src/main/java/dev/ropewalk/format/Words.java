package dev.ropewalk.format;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Function;

/// The words by which a plan file names the constants of an enum, in their order.
final class Words {

    private Words() {}

    static <E> SequencedMap<String, E> of(E[] constants, Function<E, String> word) {
        SequencedMap<String, E> words = new LinkedHashMap<>();
        for (E constant : constants) {
            words.put(word.apply(constant), constant);
        }
        return Collections.unmodifiableSequencedMap(words);
    }
}
