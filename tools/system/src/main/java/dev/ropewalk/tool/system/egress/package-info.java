/// Where calls to other machines may go: names and addresses are read, resolved and judged here, so
/// that a plan cannot reach services that only this machine or its network can see (SSRF).
@NullMarked
package dev.ropewalk.tool.system.egress;

import org.jspecify.annotations.NullMarked;
