/// Plan files: reads YAML and JSON into workflows, with the line and column of everything that is
/// wrong. Form is checked here; meaning by the compiler of `dev.ropewalk.plan`, whose problems
/// [ReadPlan#locate] finds in the file.
@NullMarked
package dev.ropewalk.format;

import org.jspecify.annotations.NullMarked;
