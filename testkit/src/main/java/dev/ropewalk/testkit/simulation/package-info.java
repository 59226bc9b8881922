/// Runs the production engine on virtual time and a simulated disk, in an order that a seed decides.
@NullMarked
package dev.ropewalk.testkit.simulation;

import org.jspecify.annotations.NullMarked;
