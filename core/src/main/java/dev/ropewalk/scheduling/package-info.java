/// Which ready task goes next. Pure: no clock, no thread.
@NullMarked
package dev.ropewalk.scheduling;

import org.jspecify.annotations.NullMarked;
