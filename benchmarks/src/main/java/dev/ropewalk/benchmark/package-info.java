/// Benchmarks of the engine beside the limits of the machine they run on.
@NullMarked
package dev.ropewalk.benchmark;

import org.jspecify.annotations.NullMarked;
