/// The command `ropewalk`.
@NullMarked
package dev.ropewalk.cli;

import org.jspecify.annotations.NullMarked;
