/// Tools that MCP servers offer, over stdio and streamable HTTP.
@NullMarked
package dev.ropewalk.tool.mcp;

import org.jspecify.annotations.NullMarked;
