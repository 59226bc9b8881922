/// The tools `shell` and `http`.
@NullMarked
package dev.ropewalk.tool.system;

import org.jspecify.annotations.NullMarked;
