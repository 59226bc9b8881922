package dev.ropewalk.format.cel;

import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.Map;

/// Says of a chain whose types are surely right that they are, so that CEL's checker need not be
/// loaded. Of others it says nothing.
final class ChainTypes {

    private ChainTypes() {}

    static boolean surelyFits(Expr chain, Map<String, VariableType> variables, Expected expected) {
        return switch (chain) {
            case Operators.Literal(Object constant) ->
                expected == Expected.ANY || (expected == Expected.BOOLEAN && constant instanceof Boolean);
            case Reference reference -> fits(type(reference, variables), expected);
            case Access access -> hasMembers(access, variables);
            default -> false;
        };
    }

    /// Whether each part has what the next reaches for. What that gives may be anything.
    private static boolean hasMembers(Access access, Map<String, VariableType> variables) {
        return switch (access.operand()) {
            case Reference reference -> {
                VariableType type = type(reference, variables);
                boolean byIndex =
                        access instanceof Access.At(Expr _, Operators.Literal(Object index)) && index instanceof Long;
                yield type == VariableType.ANY || type == (byIndex ? VariableType.LIST : VariableType.MAP);
            }
            case Access inner -> hasMembers(inner, variables);
            default -> false;
        };
    }

    private static boolean fits(VariableType type, Expected expected) {
        return expected == Expected.ANY
                || type == VariableType.ANY
                || type == (expected == Expected.BOOLEAN ? VariableType.BOOLEAN : VariableType.LIST);
    }

    private static VariableType type(Reference reference, Map<String, VariableType> variables) {
        return switch (reference) {
            case Reference.Variable(String name) -> variables.getOrDefault(name, VariableType.ANY);
            case Reference.TaskResult _, Reference.Item _ -> VariableType.ANY;
            case Reference.Index _ -> VariableType.INTEGER;
            case Reference.TaskStatus _, Reference.Fact _, Reference.Secret _ -> VariableType.STRING;
        };
    }
}
