/// A virtual clock, a deterministic simulator, and the suite that every store passes.
@NullMarked
package dev.ropewalk.testkit;

import org.jspecify.annotations.NullMarked;
