package dev.ropewalk.expression;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the names in an expression stand for, at one place of one execution. Each method is called
/// only when the expression refers to it, on the thread that evaluates.
///
/// Values are those of JSON, see the package. A name that does not exist here, or whose value cannot
/// be had, is an [ExpressionException] that says so.
public interface Bindings {

    /// `vars.<name>`; the variable of a sub-plan may be evaluated now.
    @Nullable
    Object variable(String name) throws ExpressionException;

    /// `tasks.<id>.result`: the recorded result; `null` if the task was skipped or tolerated.
    @Nullable
    Object taskResult(String id) throws ExpressionException;

    /// `tasks.<id>.status`: the recorded state, `COMPLETED`, `FAILED`, `SKIPPED` …
    String taskStatus(String id) throws ExpressionException;

    /// `item`: the value for which this task of a `forEach` runs.
    @Nullable
    Object item() throws ExpressionException;

    /// `index`: the item's place in the list, from 0.
    long index() throws ExpressionException;

    /// `execution.<key>`: recorded facts alone, namely `id`, `name` (of the workflow), `version` (empty
    /// if it states none) and `startedAt` (ISO-8601, UTC).
    Map<String, String> execution();

    /// `secrets.<NAME>`: a placeholder for the secret's value, which takes its place only when the tool
    /// is called.
    String secret(String name) throws ExpressionException;
}
