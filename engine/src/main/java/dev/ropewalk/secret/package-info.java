/// Where the values of secrets come from: the SPI for those who keep them somewhere else than in the
/// environment.
@NullMarked
package dev.ropewalk.secret;

import org.jspecify.annotations.NullMarked;
