/// The tool `http`: one request and its answer, within limits, to addresses that may be reached.
@NullMarked
package dev.ropewalk.tool.system.http;

import org.jspecify.annotations.NullMarked;
