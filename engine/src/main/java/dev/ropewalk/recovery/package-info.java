/// Getting an execution back from its log. Used by the engine and by those who read beside it.
@NullMarked
package dev.ropewalk.recovery;

import org.jspecify.annotations.NullMarked;
