/// What an execution must look like from outside: a plain model of the promises, which shares no code
/// with what decides in the engine.
@NullMarked
package dev.ropewalk.testkit.oracle;

import org.jspecify.annotations.NullMarked;
