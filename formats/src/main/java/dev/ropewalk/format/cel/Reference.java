package dev.ropewalk.format.cel;

import dev.ropewalk.expression.ExpressionException;
import org.jspecify.annotations.Nullable;

/// An expression that is a name from outside: what the plan, its tasks and the execution provide.
sealed interface Reference extends Expr {

    /// Asks the bindings.
    @Nullable
    Object lookUp(Run run) throws ExpressionException;

    @Override
    default @Nullable Object value(Run run) {
        run.spend(1);
        try {
            return lookUp(run);
        } catch (ExpressionException e) {
            throw new Failure.Unbound(e);
        }
    }

    record Variable(String name) implements Reference {
        @Override
        public @Nullable Object lookUp(Run run) throws ExpressionException {
            return run.bindings.variable(name);
        }

        @Override
        public String shown() {
            return "vars" + Names.member(name);
        }
    }

    record TaskResult(String task) implements Reference {
        @Override
        public @Nullable Object lookUp(Run run) throws ExpressionException {
            return run.bindings.taskResult(task);
        }

        @Override
        public String shown() {
            return "tasks" + Names.member(task) + ".result";
        }
    }

    record TaskStatus(String task) implements Reference {
        @Override
        public Object lookUp(Run run) throws ExpressionException {
            return run.bindings.taskStatus(task);
        }

        @Override
        public String shown() {
            return "tasks" + Names.member(task) + ".status";
        }
    }

    record Item() implements Reference {
        @Override
        public @Nullable Object lookUp(Run run) throws ExpressionException {
            return run.bindings.item();
        }

        @Override
        public String shown() {
            return "item";
        }
    }

    record Index() implements Reference {
        @Override
        public Object lookUp(Run run) throws ExpressionException {
            return run.bindings.index();
        }

        @Override
        public String shown() {
            return "index";
        }
    }

    record Fact(String key) implements Reference {
        @Override
        public Object lookUp(Run run) throws ExpressionException {
            String value = run.bindings.execution().get(key);
            if (value == null) {
                throw new ExpressionException("nothing is known of execution.%s here".formatted(key));
            }
            return value;
        }

        @Override
        public String shown() {
            return "execution" + Names.member(key);
        }
    }

    record Secret(String name) implements Reference {
        @Override
        public Object lookUp(Run run) throws ExpressionException {
            return run.bindings.secret(name);
        }

        @Override
        public String shown() {
            return "secrets" + Names.member(name);
        }
    }
}
