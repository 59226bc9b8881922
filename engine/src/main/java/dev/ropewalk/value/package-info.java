/// Values on their way: read and written as JSON, evaluated from templates, bounded and redacted.
/// Not for users; the packages of the public API say what a value may be.
@NullMarked
package dev.ropewalk.value;

import org.jspecify.annotations.NullMarked;
