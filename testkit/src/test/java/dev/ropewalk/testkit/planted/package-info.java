/// Bugs put into the production code, to see whether the simulator finds them.
@NullMarked
package dev.ropewalk.testkit.planted;

import org.jspecify.annotations.NullMarked;
