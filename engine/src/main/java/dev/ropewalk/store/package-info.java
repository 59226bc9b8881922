/// What remembers: the SPI of stores, and the store in memory.
@NullMarked
package dev.ropewalk.store;

import org.jspecify.annotations.NullMarked;
