package dev.ropewalk.format.cel;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.CelCall;
import dev.cel.common.ast.CelExpr.CelMap;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.ropewalk.plan.DidYouMean;
import dev.ropewalk.plan.Quoted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns the syntax tree of CEL's parser into ours. Macros (`map`, `has` …) are taken as the author
/// wrote them, not as the parser expands them; names from outside become references, and those that the
/// expression introduces become slots.
final class Translator {

    private static final List<String> NAMESPACES = List.of("math", "lists");
    private static final Expr BROKEN = new Operators.Literal(null);

    private final CelAbstractSyntaxTree tree;
    private final List<String> scope = new ArrayList<>();
    private final List<Parsed.Mention> references = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();
    private int locals;

    private Translator(CelAbstractSyntaxTree tree) {
        this.tree = tree;
    }

    static Parsed translate(CelAbstractSyntaxTree tree) {
        Translator translator = new Translator(tree);
        Expr root = translator.expr(tree.getExpr());
        return new Parsed(new Program(root, translator.locals), translator.references, translator.complaints);
    }

    private Expr expr(CelExpr expr) {
        CelExpr macro = tree.getSource().getMacroCalls().get(expr.id());
        if (macro != null) {
            return macro(macro.call(), expr);
        }
        return switch (expr.getKind()) {
            case CONSTANT -> constant(expr.constant(), expr);
            case IDENT -> name(expr.ident().name(), expr);
            case SELECT -> member(expr.select().operand(), expr.select().field(), expr);
            case CALL -> call(expr.call(), expr);
            case LIST -> new Operators.ListOf(all(expr.list().elements()));
            case MAP -> map(expr.map());
            case STRUCT -> broken(expr, "there are no objects with a type", "write a map: {\"key\": value}");
            case NOT_SET, COMPREHENSION -> broken(expr, "this cannot be read", "write it in another way");
        };
    }

    private List<Expr> all(List<CelExpr> exprs) {
        List<Expr> translated = new ArrayList<>(exprs.size());
        exprs.forEach(expr -> translated.add(expr(expr)));
        return translated;
    }

    private Expr constant(CelConstant constant, CelExpr expr) {
        return switch (constant.getKind()) {
            case NULL_VALUE -> new Operators.Literal(null);
            case BOOLEAN_VALUE -> new Operators.Literal(constant.booleanValue());
            case INT64_VALUE -> new Operators.Literal(constant.int64Value());
            case DOUBLE_VALUE -> new Operators.Literal(constant.doubleValue());
            case STRING_VALUE -> new Operators.Literal(constant.stringValue());
            case UINT64_VALUE -> broken(expr, "there are no unsigned numbers", "leave the u out");
            default -> broken(expr, "there are no bytes in JSON", "write a string: \"…\"");
        };
    }

    private Expr name(String name, CelExpr expr) {
        int slot = scope.lastIndexOf(name);
        if (slot >= 0) {
            return new Operators.Local(slot, name);
        }
        return switch (name) {
            case Names.ITEM -> mention(new Reference.Item(), expr);
            case Names.INDEX -> mention(new Reference.Index(), expr);
            case Names.VARS, Names.EXECUTION, Names.SECRETS, Names.TASKS ->
                broken(expr, "%s is no value of its own".formatted(name), "say which: %s.name".formatted(name));
            default -> unknownName(name, expr);
        };
    }

    private Expr unknownName(String name, CelExpr expr) {
        List<String> known = new ArrayList<>(scope);
        known.addAll(Names.ROOTS);
        String remedy = DidYouMean.closest(name, known)
                .map(meant -> "did you mean %s?".formatted(meant))
                .orElse("variables are vars.name, results tasks.id.result; a string stands in quotes");
        return broken(expr, "there is nothing called %s".formatted(Quoted.of(name)), remedy);
    }

    /// `operand.key` or `operand["key"]`, where both mean the same.
    private Expr member(CelExpr operand, String key, CelExpr expr) {
        String root = outerName(operand);
        if (root != null) {
            switch (root) {
                case Names.VARS -> {
                    return mention(new Reference.Variable(key), operand);
                }
                case Names.EXECUTION -> {
                    return mention(new Reference.Fact(key), operand);
                }
                case Names.SECRETS -> {
                    return mention(new Reference.Secret(key), operand);
                }
                case Names.TASKS -> {
                    String task = "tasks" + Names.member(key);
                    return broken(
                            expr, "%s has a result and a status".formatted(task), "write %s.result".formatted(task));
                }
                default -> {}
            }
        }
        String task = task(operand);
        if (task == null) {
            return new Access.Member(expr(operand), key);
        }
        Expr ofTask = ChainParser.ofTask(task, key);
        if (ofTask instanceof Reference reference) {
            return mention(reference, root(operand));
        }
        String message = "a task has a result and a status, but no %s".formatted(Quoted.of(key));
        return broken(expr, message, "write tasks%s.result%s".formatted(Names.member(task), Names.member(key)));
    }

    /// The name, if the expression is a name from outside.
    private @Nullable String outerName(CelExpr expr) {
        return expr.getKind() == Kind.IDENT && !scope.contains(expr.ident().name())
                ? expr.ident().name()
                : null;
    }

    /// `tasks`, of `tasks.id` or `tasks["id"]`.
    private static CelExpr root(CelExpr task) {
        return task.getKind() == Kind.SELECT
                ? task.select().operand()
                : task.call().args().get(0);
    }

    /// The id, if the expression is `tasks.id` or `tasks["id"]`.
    private @Nullable String task(CelExpr expr) {
        if (expr.getKind() == Kind.SELECT
                && Names.TASKS.equals(outerName(expr.select().operand()))) {
            return expr.select().field();
        }
        boolean index = expr.getKind() == Kind.CALL && expr.call().function().equals("_[_]");
        return index && Names.TASKS.equals(outerName(expr.call().args().get(0)))
                ? textOf(expr.call().args().get(1))
                : null;
    }

    private static @Nullable String textOf(CelExpr expr) {
        return expr.getKind() == Kind.CONSTANT && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
                ? expr.constant().stringValue()
                : null;
    }

    private Expr map(CelMap map) {
        List<Map.Entry<Expr, Expr>> entries = new ArrayList<>();
        map.entries().forEach(entry -> entries.add(Map.entry(expr(entry.key()), expr(entry.value()))));
        return new Operators.MapOf(entries);
    }

    private Expr call(CelCall call, CelExpr expr) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "_&&_" -> new Operators.Junction(false, expr(arguments.get(0)), expr(arguments.get(1)));
            case "_||_" -> new Operators.Junction(true, expr(arguments.get(0)), expr(arguments.get(1)));
            case "!_" -> new Operators.Not(expr(arguments.get(0)));
            case "_?_:_" ->
                new Operators.Choice(expr(arguments.get(0)), expr(arguments.get(1)), expr(arguments.get(2)));
            case "_[_]" -> index(arguments.get(0), arguments.get(1), expr);
            default -> function(call, expr);
        };
    }

    private Expr index(CelExpr operand, CelExpr index, CelExpr expr) {
        String root = outerName(operand);
        if (root == null || !Names.ROOTS.contains(root) || root.equals(Names.ITEM) || root.equals(Names.INDEX)) {
            return new Access.At(expr(operand), expr(index));
        }
        String key = textOf(index);
        return key != null
                ? member(operand, key, expr)
                : broken(
                        expr,
                        "which of the %s is meant must be known before it runs".formatted(root),
                        "write the name itself: %s[\"name\"]".formatted(root));
    }

    private Expr function(CelCall call, CelExpr expr) {
        String namespace = call.target().map(this::outerName).orElse(null);
        boolean qualified = namespace != null && NAMESPACES.contains(namespace);
        String name = qualified ? namespace + "." + call.function() : call.function();
        List<Expr> arguments = new ArrayList<>();
        if (!qualified) {
            call.target().ifPresent(target -> arguments.add(expr(target)));
        }
        arguments.addAll(all(call.args()));
        Optional<Functions.Function> function = Functions.find(name, arguments.size());
        return function.isPresent()
                ? new Operators.Call(operator(name), function.get(), arguments)
                : unknownFunction(name, expr);
    }

    private Expr unknownFunction(String name, CelExpr expr) {
        return Functions.names().contains(name)
                ? broken(
                        expr,
                        "%s takes another number of arguments".formatted(name),
                        "see the functions in the plan reference")
                : broken(expr, "there is no function %s".formatted(Quoted.of(name)), ForeignNames.remedy(name));
    }

    /// `_+_` as people know it.
    private static String operator(String name) {
        return name.equals("@in") ? "in" : name.indexOf('_') >= 0 ? name.replace("_", "") : name;
    }

    private Expr macro(CelCall call, CelExpr expr) {
        List<CelExpr> arguments = call.args();
        return switch (call.function()) {
            case "has" -> has(arguments.get(0), expr);
            case "all" -> loop(Loop.Kind.ALL, call);
            case "exists" -> loop(Loop.Kind.EXISTS, call);
            case "exists_one", "existsOne" -> loop(Loop.Kind.EXISTS_ONE, call);
            case "filter" -> loop(Loop.Kind.FILTER, call);
            case "map" -> loop(Loop.Kind.MAP, call);
            case "sortBy" -> loop(Loop.Kind.SORT_BY, call);
            case "bind" -> {
                Expr init = expr(arguments.get(1));
                int slot = open(arguments.get(0));
                Expr body = expr(arguments.get(2));
                scope.removeLast();
                yield new Operators.Bind(slot, init, body);
            }
            default -> function(call, expr);
        };
    }

    private Expr has(CelExpr argument, CelExpr expr) {
        if (argument.getKind() != Kind.SELECT) {
            return broken(expr, "has() asks for a member", "write has(value.member)");
        }
        int before = references.size();
        Expr member = expr(argument);
        if (member instanceof Access.Member(Expr operand, String key)) {
            return new Access.Has(operand, key);
        }
        if (member instanceof Reference reference && references.size() > before) {
            String shown = reference.shown();
            String remedy = reference instanceof Reference.TaskResult
                    ? "ask whether it is nothing: %s != null".formatted(shown)
                    : "leave has() out";
            return broken(expr, "%s is always there".formatted(shown), remedy);
        }
        return member;
    }

    private Expr loop(Loop.Kind kind, CelCall call) {
        List<CelExpr> arguments = call.args();
        Expr range = expr(call.target().orElseThrow());
        int slot = open(arguments.get(0));
        boolean conditional = arguments.size() == 3;
        Optional<Expr> condition = conditional ? Optional.of(expr(arguments.get(1))) : Optional.empty();
        Expr body = expr(arguments.getLast());
        scope.removeLast();
        return new Loop(kind, range, slot, condition, body);
    }

    /// Introduces the variable that the expression names.
    private int open(CelExpr variable) {
        scope.add(variable.ident().name());
        locals = Math.max(locals, scope.size());
        return scope.size() - 1;
    }

    private Expr mention(Reference reference, CelExpr expr) {
        references.add(new Parsed.Mention(reference, offset(expr)));
        return reference;
    }

    private Expr broken(CelExpr expr, String message, String remedy) {
        complaints.add(Complaint.invalid(offset(expr), message, remedy));
        return BROKEN;
    }

    private int offset(CelExpr expr) {
        Integer offset = tree.getSource().getPositionsMap().get(expr.id());
        return offset == null ? Complaint.EVERYWHERE : offset;
    }
}
