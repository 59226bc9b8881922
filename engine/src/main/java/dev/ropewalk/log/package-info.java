/// How events become bytes and bytes a chain: the encoding of the log, and the digests that make
/// damage visible. Used by the engine and by stores' tests; not part of the public API.
@NullMarked
package dev.ropewalk.log;

import org.jspecify.annotations.NullMarked;
