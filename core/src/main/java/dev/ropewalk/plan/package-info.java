/// What is to be done: workflows as they are declared, and the plan into which one is compiled.
@NullMarked
package dev.ropewalk.plan;

import org.jspecify.annotations.NullMarked;
