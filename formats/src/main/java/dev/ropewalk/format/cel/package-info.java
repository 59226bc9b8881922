/// Expressions in CEL: checked when a plan is compiled, evaluated while it runs.
///
/// The grammar and the types are CEL's own library's. The evaluation is ours, over a small tree of
/// [dev.ropewalk.format.cel.Expr]: it counts what it does and stops at a limit, keeps every digit of a
/// number, and knows the names of things when something is missing. What only follows names
/// (`tasks.fetch.result.body`) is parsed here too, so that most plans never load the library.
@NullMarked
package dev.ropewalk.format.cel;

import org.jspecify.annotations.NullMarked;
