/// The public face: [ExecutionEngine] and what it hands out.
@NullMarked
package dev.ropewalk;

import org.jspecify.annotations.NullMarked;
