/// What people see of executions: events projected from the log, updates to subscribers, progress,
/// messages, results, and the history in a store. Not public.
@NullMarked
package dev.ropewalk.monitoring;

import org.jspecify.annotations.NullMarked;
