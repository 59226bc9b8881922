package dev.ropewalk.plan;

/// The ids of steps and tasks, and the names of variables: `[A-Za-z][A-Za-z0-9_-]{0,63}`.
///
/// They become part of addresses, of environment variables and of expressions, and are read aloud by
/// people; so no dots, slashes, blanks, and no letters that look like others.
final class Identifier {

    private static final int MAX_LENGTH = 64;

    private Identifier() {}

    static boolean isValid(String id) {
        if (id.isEmpty() || id.length() > MAX_LENGTH || !isLetter(id.charAt(0))) {
            return false;
        }
        for (int i = 1; i < id.length(); i++) {
            if (!isPart(id.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// Reports `id` unless it is valid.
    ///
    /// @param what it names: `task id`
    static void check(String id, String what, Location at, Problems problems) {
        if (!isValid(id)) {
            problems.add(
                    Problem.INVALID_ID,
                    at,
                    () -> Quoted.of(id) + " cannot be a " + what + ": " + fault(id),
                    () -> "use a letter, then up to 63 letters A-Z a-z, digits, - and _");
        }
    }

    private static String fault(String id) {
        if (id.isEmpty()) {
            return "it is empty";
        }
        if (id.length() > MAX_LENGTH) {
            return "it has " + Quoted.count(id.length()) + " characters";
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            if (!isPart(c)) {
                return "character %d is %s".formatted(i + 1, Quoted.character(id.codePointAt(i)));
            }
        }
        return "it starts with " + Quoted.character(id.charAt(0));
    }

    private static boolean isPart(char c) {
        return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
