/// What has happened to one execution: commands lead to events, events to state. Pure: no clock, no
/// thread, no I/O. Used by the engine and the simulator; not part of the public API.
@NullMarked
package dev.ropewalk.execution;

import org.jspecify.annotations.NullMarked;
