package dev.ropewalk.plan;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Checks expressions when a plan is compiled; evaluation is not the core's business.
public interface ExpressionLanguage {

    /// Refuses every expression: for programs that use [Template.ResultOf] alone.
    ExpressionLanguage NONE = (source, _, _) -> new Analysis(
            List.of(),
            false,
            List.of(new Problem(
                    Problem.EXPRESSION_UNSUPPORTED,
                    "",
                    "there is no expression language here to check " + Quoted.of(source),
                    "compile with the language of the module ropewalk-formats, or use resultOf(task)")));

    /// What is known of an expression before it runs.
    ///
    /// @param tasks ids of the tasks to whose result or status it refers, in order of appearance; unknown
    ///     ones too: the compiler reports them, unless `problems` has one with the code `UNKNOWN_TASK`
    /// @param item whether it refers to `item` or `index`
    /// @param problems what is wrong with it; the path is empty
    record Analysis(List<String> tasks, boolean item, List<Problem> problems) {
        public Analysis {
            tasks = List.copyOf(tasks);
            problems = List.copyOf(problems);
        }
    }

    /// What an expression may refer to.
    ///
    /// @param variables the types of the variables by name
    /// @param tasks ids of the workflow's tasks, and of its steps with `forEach`, whose result is a list
    /// @param item whether it stands inside a `forEach`
    record Names(Map<String, Workflow.VariableType> variables, Set<String> tasks, boolean item) {}

    /// What the place of an expression asks of its value.
    enum Expected {
        ANY,
        BOOLEAN,
        LIST
    }

    Analysis analyse(String source, Names names, Expected expected);
}
