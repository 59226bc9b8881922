package dev.ropewalk.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Values of JSON by chance, from a seed; strings of all kinds of characters, numbers at the edges.
final class RandomValues {

    private final Random random;

    RandomValues(long seed) {
        this.random = new Random(seed);
    }

    @Nullable
    Object next() {
        return next(4);
    }

    private @Nullable Object next(int depth) {
        return switch (random.nextInt(depth == 0 ? 8 : 10)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> Double.longBitsToDouble(random.nextLong() & 0xbfefffffffffffffL);
            case 4 -> random.nextInt(-2000, 2000) / 8.0;
            case 5 -> new BigInteger(65 + random.nextInt(200), random).setBit(64);
            case 6 -> new BigDecimal(new BigInteger(200, random).setBit(199), random.nextInt(1, 300));
            case 7 -> string();
            case 8 -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(next(depth - 1));
                }
                yield list;
            }
            default -> {
                Map<String, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    map.put(UnpairedSurrogates.replacedIn(string()), next(depth - 1));
                }
                yield map;
            }
        };
    }

    String string() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append((char) random.nextInt(0x20));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                case 3 -> text.append((char) (0xd800 + random.nextInt(0x800)));
                case 4 -> text.append("\"\\/\u2028\u007f\u0000".charAt(random.nextInt(6)));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
