package dev.ropewalk.engine;

import dev.ropewalk.agent.AgentDemand;
import dev.ropewalk.resource.Demand;

/// The shape of what a task needs that asks for an agent.
record AgentLane(Demand demand, AgentDemand agent) {}
