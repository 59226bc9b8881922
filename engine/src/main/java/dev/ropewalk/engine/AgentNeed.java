package dev.ropewalk.engine;

import dev.ropewalk.plan.AgentRequirement;

/// What a task of a plan asks of the agent that runs it.
record AgentNeed(AgentRequirement requirement, String tool) {}
