/// Operating system processes as trees: started in a group of their own, found again by group,
/// parent and mark, measured while they live, and ended to the last one.
@NullMarked
package dev.ropewalk.tool.system.process;

import org.jspecify.annotations.NullMarked;
