package dev.ropewalk.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
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

    /// How many parts an expression may be nested in; the parser counts operators of one kind in a row
    /// as well.
    private static final int MAX_RECURSION = 200;

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
            return new Outcome(
                    Parsed.of(CheckerWords.complaint(result.getErrors().get(0), source)), Optional.empty());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            return new Outcome(Translator.translate(tree), Optional.of(tree));
        } catch (CelValidationException e) {
            throw new IllegalStateException("a result without errors has no tree", e);
        }
    }
}
