package dev.ropewalk.plan;

import java.util.Optional;

/// What kind of JSON value a payload holds, told by its first characters. Whether it is sound JSON was
/// the business of whoever made it.
enum JsonShape {
    STRING("a string"),
    INTEGER("an integer"),
    NUMBER("a number"),
    BOOLEAN("a boolean"),
    LIST("a list"),
    MAP("a map"),
    NULL("null");

    private final String article;

    JsonShape(String article) {
        this.article = article;
    }

    /// Empty if it is not JSON.
    static Optional<JsonShape> of(Payload payload) {
        if (!payload.contentType().equals(Payload.JSON)) {
            return Optional.empty();
        }
        byte[] bytes = payload.bytes();
        int first = 0;
        while (first < bytes.length && isBlank(bytes[first])) {
            first++;
        }
        if (first == bytes.length) {
            return Optional.empty();
        }
        return switch (bytes[first]) {
            case '"' -> Optional.of(STRING);
            case '[' -> Optional.of(LIST);
            case '{' -> Optional.of(MAP);
            case 't', 'f' -> Optional.of(BOOLEAN);
            case 'n' -> Optional.of(NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> Optional.of(number(bytes, first));
            default -> Optional.empty();
        };
    }

    /// Whether a variable of this type may have a value of this shape.
    boolean suits(Workflow.VariableType type) {
        return switch (type) {
            case ANY -> true;
            case STRING -> this == STRING;
            case INTEGER -> this == INTEGER;
            case NUMBER -> this == NUMBER || this == INTEGER;
            case BOOLEAN -> this == BOOLEAN;
            case LIST -> this == LIST;
            case MAP -> this == MAP;
        };
    }

    /// `a string`, `an integer` …
    String withArticle() {
        return article;
    }

    private static JsonShape number(byte[] bytes, int first) {
        for (int i = first; i < bytes.length; i++) {
            if (bytes[i] == '.' || bytes[i] == 'e' || bytes[i] == 'E') {
                return NUMBER;
            }
        }
        return INTEGER;
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }
}
