/// A disk that forgets what was not synced, and a store on it.
@NullMarked
package dev.ropewalk.testkit.disk;

import org.jspecify.annotations.NullMarked;
