package dev.ropewalk.engine;

import dev.ropewalk.agent.Lease;
import dev.ropewalk.resource.Grant;

/// What an attempt holds that asked for an agent.
///
/// @param grant of what is shared
/// @param lease its place with the agent
record Held(Grant grant, Lease lease) {}
