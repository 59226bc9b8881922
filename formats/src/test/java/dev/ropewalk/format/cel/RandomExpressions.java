package dev.ropewalk.format.cel;

import java.util.List;
import java.util.Random;

/// Writes random expressions whose types mostly fit. The same seed writes the same ones.
final class RandomExpressions {

    private final Random random;

    RandomExpressions(long seed) {
        this.random = new Random(seed);
    }

    String next() {
        int depth = 1 + random.nextInt(4);
        return switch (random.nextInt(6)) {
            case 0 -> integer(depth);
            case 1 -> decimal(depth);
            case 2 -> truth(depth);
            case 3 -> string(depth);
            case 4 -> list(depth);
            default -> map(depth);
        };
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String integer(int depth) {
        if (depth == 0) {
            return one(
                    "0",
                    "1",
                    "2",
                    "-1",
                    "7",
                    "42",
                    "9223372036854775807",
                    "-9223372036854775807",
                    "item.n",
                    "item.list[1]");
        }
        int d = depth - 1;
        return switch (random.nextInt(13)) {
            case 0 -> "(" + integer(d) + " + " + integer(d) + ")";
            case 1 -> "(" + integer(d) + " - " + integer(d) + ")";
            case 2 -> "(" + integer(d) + " * " + integer(d) + ")";
            case 3 -> "(" + integer(d) + " / " + integer(d) + ")";
            case 4 -> "(" + integer(d) + " % " + integer(d) + ")";
            case 5 -> "-(" + integer(d) + ")";
            case 6 -> "(" + truth(d) + " ? " + integer(d) + " : " + integer(d) + ")";
            case 7 -> "size(" + one(string(d), list(d), map(d)) + ")";
            case 8 -> "int(" + one(decimal(d), string(d)) + ")";
            case 9 -> string(d) + "." + one("indexOf", "lastIndexOf") + "(" + string(0) + ")";
            case 10 -> list(d) + "[" + integer(0) + "]";
            case 11 -> one("math.abs(", "math.sign(") + integer(d) + ")";
            default -> one("math.greatest(", "math.least(") + integer(d) + ", " + integer(d) + ")";
        };
    }

    private String decimal(int depth) {
        if (depth == 0) {
            return one("0.0", "1.0", "1.5", "-2.25", "1e10", "1e-7", "item.r");
        }
        int d = depth - 1;
        return switch (random.nextInt(7)) {
            case 0 -> "(" + decimal(d) + " " + one("+", "-", "*", "/") + " " + decimal(d) + ")";
            case 1 -> "-(" + decimal(d) + ")";
            case 2 -> "double(" + integer(d) + ")";
            case 3 -> one("math.ceil(", "math.floor(", "math.trunc(", "math.round(", "math.abs(") + decimal(d) + ")";
            case 4 -> "(" + truth(d) + " ? " + decimal(d) + " : " + decimal(d) + ")";
            case 5 -> "double(" + string(d) + ")";
            default -> decimal(0);
        };
    }

    private String truth(int depth) {
        if (depth == 0) {
            return one("true", "false", "item.on", "has(item.n)", "has(item.x)");
        }
        int d = depth - 1;
        String order = one("<", "<=", ">", ">=", "==", "!=");
        return switch (random.nextInt(14)) {
            case 0 -> "(" + truth(d) + " && " + truth(d) + ")";
            case 1 -> "(" + truth(d) + " || " + truth(d) + ")";
            case 2 -> "!" + truth(d);
            case 3 -> "(" + integer(d) + " " + order + " " + integer(d) + ")";
            case 4 -> "(" + decimal(d) + " " + order + " " + decimal(d) + ")";
            case 5 -> "(" + string(d) + " " + order + " " + string(d) + ")";
            case 6 -> "(" + list(d) + " " + one("==", "!=") + " " + list(d) + ")";
            case 7 -> "(" + map(d) + " " + one("==", "!=") + " " + map(d) + ")";
            case 8 -> "(" + integer(d) + " in " + list(d) + ")";
            case 9 -> "(" + string(d) + " in " + map(d) + ")";
            case 10 -> string(d) + one(".contains(", ".startsWith(", ".endsWith(") + string(0) + ")";
            case 11 ->
                list(d) + one(".all(e, ", ".exists(e, ", ".exists_one(e, ") + "e " + order + " " + integer(0) + ")";
            case 12 -> "(dyn(" + integer(d) + ") " + order + " dyn(" + decimal(d) + "))";
            default -> string(d) + ".matches(\"" + one("a+", "^b", "[a-c]*$", "x|y", "(a+)+$") + "\")";
        };
    }

    private String string(int depth) {
        if (depth == 0) {
            return one("\"\"", "\"a\"", "\"b,c\"", "'abcabc'", "\"  x \"", "\"Ä😀b\"", "\"12\"", "item.s", "\"1.5\"");
        }
        int d = depth - 1;
        return switch (random.nextInt(11)) {
            case 0 -> "(" + string(d) + " + " + string(d) + ")";
            case 1 -> string(d) + one(".lowerAscii()", ".upperAscii()", ".trim()", ".reverse()");
            case 2 -> string(d) + ".substring(" + one("0", "1", "2", "5") + ")";
            case 3 -> string(d) + ".substring(" + one("0", "1", "2") + ", " + one("1", "2", "3") + ")";
            case 4 -> string(d) + ".charAt(" + one("0", "1", "3", "-1") + ")";
            case 5 -> string(d) + ".replace(" + one("\"a\"", "\"b\"", "\"bc\"") + ", " + string(0) + ")";
            case 6 -> string(d) + ".split(" + one("\",\"", "\"b\"", "\" \"") + ").join(" + string(0) + ")";
            case 7 -> "string(" + one(integer(d), truth(d), string(d)) + ")";
            case 8 -> "(" + truth(d) + " ? " + string(d) + " : " + string(d) + ")";
            case 9 -> map(d) + "[" + string(0) + "]";
            default -> map(d) + ".a";
        };
    }

    private String list(int depth) {
        if (depth == 0) {
            return one("[]", "[1]", "[3, 1, 2]", "[2, 2]", "item.list");
        }
        int d = depth - 1;
        return switch (random.nextInt(11)) {
            case 0 -> "(" + list(d) + " + " + list(d) + ")";
            case 1 -> list(d) + ".map(e, e " + one("+", "-", "*") + " " + integer(0) + ")";
            case 2 -> list(d) + ".filter(e, e " + one(">", "<", "!=") + " " + one("0", "1", "2") + ")";
            case 3 -> list(d) + ".map(e, e > " + one("0", "1", "2") + ", e * 2)";
            case 4 -> list(d) + one(".sort()", ".distinct()", ".reverse()", ".flatten()");
            case 5 -> list(d) + ".slice(" + one("0, 1", "0, 0", "1, 2", "0, 3") + ")";
            case 6 -> "[" + integer(d) + ", " + integer(d) + "]";
            case 7 -> "lists.range(" + one("0", "3", "-1") + ")";
            case 8 -> "(" + truth(d) + " ? " + list(d) + " : " + list(d) + ")";
            case 9 -> list(d) + ".sortBy(e, -e)";
            default -> "cel.bind(b, " + list(d) + ", b + b)";
        };
    }

    private String map(int depth) {
        if (depth == 0) {
            return one("{}", "{\"a\": \"x\"}", "{\"a\": \"x\", \"b\": \"y\"}", "item.map");
        }
        int d = depth - 1;
        return switch (random.nextInt(3)) {
            case 0 -> "{" + string(d) + ": " + string(d) + "}";
            case 1 -> "{\"a\": " + string(d) + ", " + string(0) + ": " + string(d) + "}";
            default -> "(" + truth(d) + " ? " + map(d) + " : " + map(d) + ")";
        };
    }

    /// The value to which `item` refers.
    static Object item() {
        return java.util.Map.of(
                "n",
                5L,
                "r",
                2.5,
                "s",
                "a,b",
                "on",
                true,
                "list",
                List.of(4L, 5L, 6L),
                "map",
                java.util.Map.of("a", "z"));
    }
}
