package dev.ropewalk.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// CEL as its own library evaluates it.
final class CelOracle {

    private static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(10_000)
            .build();

    private final CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                    CelExtensions.strings(), CelExtensions.lists(), CelExtensions.math(), CelExtensions.bindings())
            .addVar("item", SimpleType.DYN)
            .build();

    private final CelRuntime runtime = CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .addLibraries(CelExtensions.strings(), CelExtensions.lists(), CelExtensions.math())
            .build();

    /// Its tree, or empty if the types do not fit.
    Optional<CelAbstractSyntaxTree> compile(String source) {
        CelValidationResult result = compiler.compile(source);
        try {
            return result.hasError() ? Optional.empty() : Optional.of(result.getAst());
        } catch (CelValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The value as JSON has it, or empty if there is none.
    Optional<Object> evaluate(CelAbstractSyntaxTree tree, Object item) {
        try {
            Object value = plain(runtime.createProgram(tree).eval(Map.of("item", item)));
            return Optional.of(value == null ? NULL : value);
        } catch (CelEvaluationException e) {
            return Optional.empty();
        }
    }

    static final Object NULL = "the value null";

    private static Object plain(Object value) {
        return switch (value) {
            case null -> null;
            case dev.cel.common.values.NullValue _ -> null;
            case List<?> list -> {
                List<Object> plain = new ArrayList<>();
                list.forEach(element -> plain.add(plain(element)));
                yield plain;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> plain = new LinkedHashMap<>();
                map.forEach((key, element) -> plain.put(key, plain(element)));
                yield plain;
            }
            default -> value;
        };
    }
}
