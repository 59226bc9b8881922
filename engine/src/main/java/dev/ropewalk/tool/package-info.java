/// What a task calls: the SPI for those who write tools, and the registry in which the engine looks
/// them up.
@NullMarked
package dev.ropewalk.tool;

import org.jspecify.annotations.NullMarked;
