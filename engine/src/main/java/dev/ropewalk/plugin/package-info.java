/// Tools, stores and other parts that are added as jars, without a class path to set.
@NullMarked
package dev.ropewalk.plugin;

import org.jspecify.annotations.NullMarked;
