package dev.ropewalk.format.schema;

import com.networknt.schema.SchemaException;
import com.networknt.schema.regex.RegularExpression;
import com.networknt.schema.regex.RegularExpressionFactory;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions that give up when they take too long. Schemas use look-ahead, which engines that
/// never backtrack do not have; so Java's own is used, on a text that counts how often it is read.
final class BoundedExpressions implements RegularExpressionFactory {

    private static final int MOST_READS = 2_000_000;

    @Override
    public RegularExpression getRegularExpression(String source) {
        Pattern pattern;
        try {
            pattern = Pattern.compile(source);
        } catch (PatternSyntaxException e) {
            throw new SchemaException("%s is not a regular expression: %s".formatted(source, e.getDescription()));
        }
        return text ->
                pattern.matcher(new CountedText(text, new int[] {MOST_READS})).find();
    }

    private record CountedText(CharSequence text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- == 0) {
                throw new SchemaException("a pattern of the schema backtracks without end");
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int from, int to) {
            return new CountedText(text.subSequence(from, to), left);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
