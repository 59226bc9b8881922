/// What the families `shell` and `http` share: reading arguments and settings. Not meant for use
/// outside of this module.
@NullMarked
package dev.ropewalk.tool.system;

import org.jspecify.annotations.NullMarked;
