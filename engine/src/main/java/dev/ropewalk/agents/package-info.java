/// Who runs attempts: how a program makes an agent of its own, in this process or elsewhere, and what
/// an engine tells of those it has.
@NullMarked
package dev.ropewalk.agents;

import org.jspecify.annotations.NullMarked;
