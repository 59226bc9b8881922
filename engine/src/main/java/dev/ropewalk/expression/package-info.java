/// How the engine asks for the value of an expression. The language itself is not the engine's
/// business: an evaluator is found through `ServiceLoader`, and a plan without expressions needs none.
///
/// Values are those of JSON: `Map<String, ?>`, `List<?>`, `String`, `Boolean`, `Long`, `BigInteger`
/// (beyond 64 bits), `Double`, `BigDecimal` (where a double would lose digits) and `null`. Maps keep
/// the order of their entries. Who receives a value does not change it.
@NullMarked
package dev.ropewalk.expression;

import org.jspecify.annotations.NullMarked;
