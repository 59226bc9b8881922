package dev.ropewalk.format.cel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.ropewalk.expression.ExpressionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Our evaluation and that of CEL's own library agree, on expressions that nobody chose.
@DisplayNameGeneration(ReplaceUnderscores.class)
class DifferentialTest {

    /// Of an empty string the library says that it has no place 0, so it cannot even be searched.
    private static final String INDEX_OF = ".indexOf(";

    private final CelOracle oracle = new CelOracle();
    private final CelExpressionEvaluator evaluator = new CelExpressionEvaluator();

    @Test
    void random_expressions_have_the_value_that_cel_gives_them() {
        assertAgreement(20_260_101L, 500);
    }

    @Test
    @Tag("deep")
    void many_random_expressions_have_the_value_that_cel_gives_them() {
        assertAgreement(42, 100_000);
    }

    private void assertAgreement(long seed, int count) {
        RandomExpressions expressions = new RandomExpressions(seed);
        List<String> differences = new ArrayList<>();
        int values = 0;
        for (int i = 0; i < count; i++) {
            String source = expressions.next();
            Optional<CelAbstractSyntaxTree> tree = oracle.compile(source);
            if (tree.isEmpty()) {
                continue;
            }
            Optional<Object> theirs = oracle.evaluate(tree.get(), RandomExpressions.item());
            Optional<Object> ours = evaluate(source);
            values += theirs.isPresent() ? 1 : 0;
            if (!agree(theirs, ours) && !(theirs.isEmpty() && source.contains(INDEX_OF))) {
                differences.add("%s%n   CEL: %s%n  ours: %s".formatted(source, theirs, ours));
            }
        }
        assertThat(differences).as("seed %d", seed).isEmpty();
        // Otherwise two evaluations that always fail would agree too.
        assertThat(values).isGreaterThan(count / 3);
    }

    private Optional<Object> evaluate(String source) {
        try {
            Object value = evaluator.evaluate(source, new GivenBindings().item(RandomExpressions.item()));
            return Optional.of(value == null ? CelOracle.NULL : value);
        } catch (ExpressionException _) {
            return Optional.empty();
        }
    }

    private static boolean agree(Optional<Object> theirs, Optional<Object> ours) {
        if (ours.isEmpty()) {
            // JSON has no infinity, so we refuse a result that is one.
            return theirs.isEmpty() || (theirs.get() instanceof Double d && !Double.isFinite(d));
        }
        return theirs.isPresent() && same(theirs.get(), ours.get());
    }

    private static boolean same(Object theirs, Object ours) {
        if (theirs instanceof List<?> a && ours instanceof List<?> b) {
            boolean same = a.size() == b.size();
            for (int i = 0; same && i < a.size(); i++) {
                same = same(a.get(i), b.get(i));
            }
            return same;
        }
        if (theirs instanceof Map<?, ?> a && ours instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        return Objects.equals(theirs, ours);
    }
}
