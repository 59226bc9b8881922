package dev.ropewalk.format.cel;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExpr.CelMutableSelect;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.ropewalk.plan.ExpressionLanguage.Expected;
import dev.ropewalk.plan.Workflow.VariableType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Checks the types of expressions against the variables of one workflow, with CEL's own checker.
/// Results of tasks may be anything, so much is only known when it runs.
final class TypeCheck {

    private static final MapType TEXTS = MapType.create(SimpleType.STRING, SimpleType.STRING);
    private static final MapType ANY_MAP = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final ListType ANY_LIST = ListType.create(SimpleType.DYN);

    /// All but `sortBy`, which the library takes for a list of the pairs that its macro makes.
    private static final CelListsExtensions.Function[] LISTS = {
        CelListsExtensions.Function.SLICE,
        CelListsExtensions.Function.FLATTEN,
        CelListsExtensions.Function.RANGE,
        CelListsExtensions.Function.DISTINCT,
        CelListsExtensions.Function.REVERSE,
        CelListsExtensions.Function.SORT
    };

    private static final StructType TASK = StructType.create(
            "task",
            ImmutableSet.copyOf(Names.OF_TASK),
            field -> Optional.of(field.equals("status") ? SimpleType.STRING : SimpleType.DYN));

    private final CelCompiler compiler;

    TypeCheck(Map<String, VariableType> variables) {
        ImmutableMap<String, CelType> types = variables.entrySet().stream()
                .collect(ImmutableMap.toImmutableMap(Map.Entry::getKey, entry -> type(entry.getValue())));
        StructType vars = StructType.create("variables", types.keySet(), name -> Optional.ofNullable(types.get(name)));
        this.compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(FrontEnd.OPTIONS)
                .addLibraries(
                        CelExtensions.strings(),
                        CelExtensions.lists(LISTS),
                        CelExtensions.math(),
                        CelExtensions.bindings())
                .addFunctionDeclarations(mixedArithmetic())
                .addFunctionDeclarations(ourFunctions())
                .setTypeProvider(new Structs(ImmutableList.of(vars, TASK)))
                .addVar(Names.VARS, vars)
                .addVar(Names.TASKS, MapType.create(SimpleType.STRING, TASK))
                .addVar(Names.ITEM, SimpleType.DYN)
                .addVar(Names.INDEX, SimpleType.INT)
                .addVar(Names.EXECUTION, TEXTS)
                .addVar(Names.SECRETS, TEXTS)
                .build();
    }

    private record Structs(ImmutableList<CelType> all) implements CelTypeProvider {
        @Override
        public ImmutableList<CelType> types() {
            return all;
        }

        @Override
        public Optional<CelType> findType(String name) {
            return all.stream().filter(type -> type.name().equals(name)).findFirst();
        }
    }

    private static CelType type(VariableType type) {
        return switch (type) {
            case STRING -> SimpleType.STRING;
            case INTEGER -> SimpleType.INT;
            case BOOLEAN -> SimpleType.BOOL;
            case LIST -> ANY_LIST;
            case MAP -> ANY_MAP;
            // A number may come as 1 or as 1.5, which are different types to CEL.
            case NUMBER, ANY -> SimpleType.DYN;
        };
    }

    /// JSON does not tell 1 from 1.0, so whole numbers and others may meet.
    private static List<CelFunctionDecl> mixedArithmetic() {
        List<CelFunctionDecl> declarations = new ArrayList<>();
        for (String operator : List.of("_+_", "_-_", "_*_", "_/_")) {
            declarations.add(CelFunctionDecl.newFunctionDeclaration(
                    operator,
                    CelOverloadDecl.newGlobalOverload(
                            operator + "int_double", SimpleType.DOUBLE, SimpleType.INT, SimpleType.DOUBLE),
                    CelOverloadDecl.newGlobalOverload(
                            operator + "double_int", SimpleType.DOUBLE, SimpleType.DOUBLE, SimpleType.INT)));
        }
        return declarations;
    }

    private static List<CelFunctionDecl> ourFunctions() {
        return List.of(
                CelFunctionDecl.newFunctionDeclaration(
                        "lists.@sortByAssociatedKeys",
                        CelOverloadDecl.newGlobalOverload("list_sort_by", ANY_LIST, ANY_LIST)),
                CelFunctionDecl.newFunctionDeclaration(
                        "toJson", CelOverloadDecl.newGlobalOverload("to_json", SimpleType.STRING, SimpleType.DYN)),
                CelFunctionDecl.newFunctionDeclaration(
                        "fromJson", CelOverloadDecl.newGlobalOverload("from_json", SimpleType.DYN, SimpleType.STRING)),
                CelFunctionDecl.newFunctionDeclaration(
                        "sum", CelOverloadDecl.newMemberOverload("list_sum", SimpleType.DYN, ANY_LIST)));
    }

    /// What is wrong with the types, if anything.
    List<Complaint> check(CelAbstractSyntaxTree tree, Expected expected) {
        CelMutableAst ast = CelMutableAst.fromCelAst(tree);
        selectVariables(ast.expr());
        CelValidationResult result = compiler.check(ast.toParsedAst());
        if (result.hasError()) {
            List<Complaint> complaints = new ArrayList<>();
            for (CelIssue issue : result.getErrors()) {
                // The mutable tree has lost its places; the ids of its parts lead to those of the first.
                Integer offset = tree.getSource().getPositionsMap().get(issue.getExprId());
                complaints.add(
                        CheckerWords.complaint(issue.getMessage(), offset == null ? Complaint.EVERYWHERE : offset));
            }
            return complaints;
        }
        try {
            return checkResult(result.getAst().getResultType(), expected);
        } catch (CelValidationException e) {
            throw new IllegalStateException("a result without errors has no tree", e);
        }
    }

    private static List<Complaint> checkResult(CelType type, Expected expected) {
        boolean fits = type.kind() == CelKind.DYN
                || switch (expected) {
                    case ANY -> true;
                    case BOOLEAN -> type.kind() == CelKind.BOOL;
                    case LIST -> type.kind() == CelKind.LIST;
                };
        if (fits) {
            return List.of();
        }
        String wanted = expected == Expected.LIST ? "a list" : "true or false";
        String message =
                "the expression gives %s, but %s is needed here".formatted(CheckerWords.noun(type.name()), wanted);
        String remedy = expected == Expected.LIST ? "make a list: [ … ]" : "compare it with something: … == …";
        return List.of(Complaint.invalid(Complaint.EVERYWHERE, message, remedy));
    }

    /// Makes `vars.x` of every `vars["x"]`, because only the former has a type of its own.
    private static void selectVariables(CelMutableExpr expr) {
        switch (expr.getKind()) {
            case CALL -> {
                CelMutableCall call = expr.call();
                call.target().ifPresent(TypeCheck::selectVariables);
                call.args().forEach(TypeCheck::selectVariables);
                if (call.function().equals("_[_]")
                        && call.args().get(0).getKind() == Kind.IDENT
                        && call.args().get(0).ident().name().equals(Names.VARS)
                        && call.args().get(1).getKind() == Kind.CONSTANT
                        && call.args().get(1).constant().getKind() == CelConstant.Kind.STRING_VALUE) {
                    String name = call.args().get(1).constant().stringValue();
                    expr.setSelect(CelMutableSelect.create(call.args().get(0), name));
                }
            }
            case SELECT -> selectVariables(expr.select().operand());
            case LIST -> expr.list().elements().forEach(TypeCheck::selectVariables);
            case MAP ->
                expr.map().entries().forEach(entry -> {
                    selectVariables(entry.key());
                    selectVariables(entry.value());
                });
            case COMPREHENSION -> {
                selectVariables(expr.comprehension().iterRange());
                selectVariables(expr.comprehension().accuInit());
                selectVariables(expr.comprehension().loopCondition());
                selectVariables(expr.comprehension().loopStep());
                selectVariables(expr.comprehension().result());
            }
            case NOT_SET, CONSTANT, IDENT, STRUCT -> {}
        }
    }
}
