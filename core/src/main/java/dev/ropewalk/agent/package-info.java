/// Who can run an attempt: agents with what they are capable of, their load, what was measured of
/// them, and the choice among them. Pure: no clock, no thread. Used by the engine and the simulator;
/// not part of the public API.
@NullMarked
package dev.ropewalk.agent;

import org.jspecify.annotations.NullMarked;
