/// What there is to use: pools, concurrency groups, locks, rates and budgets, and who has how much of
/// them. Pure: no clock, no thread.
@NullMarked
package dev.ropewalk.resource;

import org.jspecify.annotations.NullMarked;
