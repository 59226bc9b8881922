package dev.ropewalk.value;

import dev.ropewalk.expression.Bindings;
import dev.ropewalk.expression.ExpressionEvaluator;
import dev.ropewalk.expression.ExpressionException;
import dev.ropewalk.plan.ExpressionLanguage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A language for tests: `tasks.a.result.key`, `tasks["a-b"].status`, `vars.x`, `item`, `index`,
/// `execution.id`, `secrets.X`; `a + b` joins texts, `a == b` compares, `[a, b]` is a list.
final class PathLanguage implements ExpressionEvaluator, ExpressionLanguage {

    private static final Pattern TASK = Pattern.compile("tasks(?:\\.(\\w+)|\\[\"([\\w-]+)\"])");

    @Override
    public Analysis analyse(String source, Names names, Expected expected) {
        List<String> tasks = new ArrayList<>();
        Matcher matcher = TASK.matcher(source);
        while (matcher.find()) {
            tasks.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return new Analysis(tasks, source.contains("item") || source.contains("index"), List.of());
    }

    @Override
    public @Nullable Object evaluate(String source, Bindings bindings) throws ExpressionException {
        String text = source.strip();
        if (text.startsWith("[")) {
            List<@Nullable Object> list = new ArrayList<>();
            for (String item : text.substring(1, text.length() - 1).split(",", -1)) {
                list.add(evaluate(item, bindings));
            }
            return list;
        }
        if (text.contains(" == ")) {
            String[] sides = text.split(" == ", 2);
            return java.util.Objects.equals(evaluate(sides[0], bindings), evaluate(sides[1], bindings));
        }
        if (text.contains(" + ")) {
            String[] sides = text.split(" \\+ ", 2);
            return "" + evaluate(sides[0], bindings) + evaluate(sides[1], bindings);
        }
        if (text.matches("-?\\d+(\\.\\d+)?|'.*'|true|false|null")) {
            return Json.read(text.replace('\'', '"'));
        }
        Object value = null;
        String[] path = text.replaceAll("\\[\"([\\w-]+)\"]", ".$1").split("\\.", -1);
        int next = 2;
        switch (path[0]) {
            case "vars" -> value = bindings.variable(path[1]);
            case "tasks" -> {
                value = path[2].equals("status") ? bindings.taskStatus(path[1]) : bindings.taskResult(path[1]);
                next = 3;
            }
            case "execution" -> value = bindings.execution().get(path[1]);
            case "secrets" -> value = bindings.secret(path[1]);
            case "half" -> value = bindings.secret(path[1]).substring(3);
            case "item" -> {
                value = bindings.item();
                next = 1;
            }
            case "index" -> value = bindings.index();
            case "object" -> value = new Object();
            case "bug" -> throw new IllegalStateException("a bug in the evaluator");
            case "wrap" -> {
                try {
                    value = bindings.taskResult(path[1]);
                } catch (RuntimeException e) {
                    throw new ExpressionException("wrapped", e);
                }
            }
            default -> throw new ExpressionException("there is no " + path[0]);
        }
        for (; next < path.length; next++) {
            if (!(value instanceof Map<?, ?> map) || !map.containsKey(path[next])) {
                throw new ExpressionException("there is no key " + path[next]);
            }
            value = map.get(path[next]);
        }
        return value;
    }
}
