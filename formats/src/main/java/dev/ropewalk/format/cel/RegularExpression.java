package dev.ropewalk.format.cel;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.ropewalk.plan.Quoted;

/// A regular expression in the syntax of RE2, which is matched in time linear in the text: no pattern
/// makes it backtrack.
record RegularExpression(Pattern pattern) {

    private static final int LONGEST = 1_000;
    private static final int LARGEST_PROGRAM = 1_000;

    /// How many steps of the matcher, one for an instruction at a character, cost as much as one of
    /// ours.
    private static final int STEPS_A_UNIT = 8;

    /// @throws Failure if it is not a regular expression or a very large one
    static RegularExpression compile(String source, Run run) {
        if (source.length() > LONGEST) {
            throw new Failure(
                    "a regular expression of %d characters; the limit is %d".formatted(source.length(), LONGEST));
        }
        run.spend(source.length());
        try {
            Pattern pattern = Pattern.compile(source);
            if (pattern.programSize() > LARGEST_PROGRAM) {
                throw new Failure("the regular expression repeats too much");
            }
            run.spend(pattern.programSize());
            return new RegularExpression(pattern);
        } catch (PatternSyntaxException e) {
            throw new Failure(
                    "the regular expression is none: " + Quoted.escaped(String.valueOf(e.getDescription()), 100));
        }
    }

    /// What it costs to search `text`.
    long costOf(String text) {
        return 1 + (long) text.length() * pattern.programSize() / STEPS_A_UNIT;
    }
}
