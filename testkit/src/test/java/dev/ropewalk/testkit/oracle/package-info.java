/// Histories that break a rule, and whether the oracle objects.
@NullMarked
package dev.ropewalk.testkit.oracle;

import org.jspecify.annotations.NullMarked;
