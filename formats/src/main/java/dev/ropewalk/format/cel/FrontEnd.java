package dev.ropewalk.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelParser;
import dev.cel.parser.CelParserFactory;
import dev.cel.parser.CelStandardMacro;
import java.util.Optional;

/// CEL's own parser. The first use of this class loads it, which takes some tenths of a second.
final class FrontEnd {

    /// How deep an expression may be nested; the parser counts operators in a row as well. Each level
    /// takes about two kilobytes of stack.
    private static final int MAX_RECURSION = 100;

    static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(Integer.MAX_VALUE)
            .maxParseRecursionDepth(MAX_RECURSION)
            .maxParseErrorRecoveryLimit(1)
            .enableHeterogeneousNumericComparisons(true)
            .populateMacroCalls(true)
            .build();

    private static final CelParser PARSER = CelParserFactory.standardCelParserBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(CelExtensions.bindings(), CelExtensions.lists(), CelExtensions.math())
            .build();

    private FrontEnd() {}

    /// What came of parsing: the tree, or what is wrong.
    record Outcome(Parsed parsed, Optional<CelAbstractSyntaxTree> tree) {}

    static Outcome parse(String source) {
        CelValidationResult result = PARSER.parse(source);
        if (result.hasError()) {
            return new Outcome(Parsed.of(complaint(result.getErrors().get(0), source)), Optional.empty());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new Outcome(Translator.translate(tree), Optional.of(tree));
        } catch (CelValidationException e) {
            throw new IllegalStateException("a result without errors has no tree", e);
        }
    }

    private static Complaint complaint(CelIssue issue, String source) {
        int line = 0;
        for (int i = 1; i < issue.getSourceLocation().getLine(); i++) {
            line = source.indexOf('\n', line) + 1;
        }
        return CheckerWords.complaint(
                issue.getMessage(), line + issue.getSourceLocation().getColumn());
    }
}
