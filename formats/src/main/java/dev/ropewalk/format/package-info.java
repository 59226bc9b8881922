/// Plan files in and out: YAML, JSON, their schema, and the expressions in them.
@NullMarked
package dev.ropewalk.format;

import org.jspecify.annotations.NullMarked;
