/// The text of a plan file as a tree in which every value knows its line and column. YAML and JSON
/// give the same tree; what is legal in a plan is not decided here. Internal to this module.
@NullMarked
package dev.ropewalk.format.tree;

import org.jspecify.annotations.NullMarked;
