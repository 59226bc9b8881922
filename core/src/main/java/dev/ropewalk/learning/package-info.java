/// What is expected of work before it runs. Pure: no clock, no I/O.
@NullMarked
package dev.ropewalk.learning;

import org.jspecify.annotations.NullMarked;
