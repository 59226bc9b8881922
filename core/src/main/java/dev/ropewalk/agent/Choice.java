package dev.ropewalk.agent;

/// What came of looking for an agent.
public sealed interface Choice {

    /// This agent has room and is the best.
    record Chosen(String agent, RoutingScore score) implements Choice {}

    /// No agent now; worth asking again when [#on] has changed.
    sealed interface Refused extends Choice {
        Awaited on();

        /// For people: why, and what would do.
        String reason();
    }

    /// All that could run it are busy, or the one to which its key sticks is.
    record Busy(Awaited on) implements Refused {
        @Override
        public String reason() {
            return "waits until an " + on.text() + " has room";
        }
    }

    /// An agent is free, but to wait for this one ends the task earlier.
    ///
    /// @param agent the faster one
    /// @param until when to ask again at the latest, in microseconds since 1970
    record Faster(Awaited on, String agent, long until) implements Refused {
        @Override
        public String reason() {
            return "waits for the faster agent " + agent;
        }
    }

    /// No agent that is there could run it.
    ///
    /// @param missing what there is not, and what there is
    record Nobody(Awaited on, String missing) implements Refused {
        @Override
        public String reason() {
            return missing;
        }
    }
}
