/// What every store must do: a suite to extend for each, and samples to fill a store with.
@NullMarked
package dev.ropewalk.testkit.store;

import org.jspecify.annotations.NullMarked;
