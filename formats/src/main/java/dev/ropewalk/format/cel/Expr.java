package dev.ropewalk.format.cel;

import org.jspecify.annotations.Nullable;

/// An expression ready to be evaluated. Immutable.
///
/// Values are those of JSON: null, `Boolean`, `Long`, `BigInteger` beyond that, `Double`, `BigDecimal`,
/// `String`, `List`, and `Map` with `String` keys.
interface Expr {

    /// @throws Failure if it has no value
    @Nullable
    Object value(Run run);

    /// As the author would write it, shortened; for messages.
    String shown();
}
