/// In which order ready tasks go: the strategies, what they are told, and the interface of those that
/// users write. Found by [java.util.ServiceLoader] as [SchedulingStrategy].
@NullMarked
package dev.ropewalk.strategy;

import org.jspecify.annotations.NullMarked;
