/// Workflows of all shapes, and a language for their expressions that needs no library.
@NullMarked
package dev.ropewalk.testkit.plans;

import org.jspecify.annotations.NullMarked;
