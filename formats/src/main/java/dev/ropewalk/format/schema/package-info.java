/// Checks the arguments of tools against the JSON Schemas that the tools state.
@NullMarked
package dev.ropewalk.format.schema;

import org.jspecify.annotations.NullMarked;
