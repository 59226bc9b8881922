/// The loop that decides, and what acts on its decisions: attempts, timers, the log writer, recovery.
/// Not public.
@NullMarked
package dev.ropewalk.engine;

import org.jspecify.annotations.NullMarked;
