/// The tool `shell`: programs of this machine, each attempt in a process group of its own.
@NullMarked
package dev.ropewalk.tool.system.shell;

import org.jspecify.annotations.NullMarked;
