package dev.ropewalk.scheduling;

/// When it is whose turn among those that share by weight: start-time fair queueing. Who is served
/// falls back by what it cost, divided by its weight; the one least far on is next. Who comes back
/// from having had nothing to do starts from where the others are: an unused share is not saved up.
///
/// Source: Goyal, Vin, Cheng: "Start-time fair queueing: a scheduling algorithm for integrated
/// services packet switching networks", IEEE/ACM Transactions on Networking 5(5), 1997.
final class Turn {

    /// The virtual time at which it is served next.
    double start;

    /// The virtual time of those that share.
    static final class Clock {
        double now;
        private double furthest;

        void joins(Turn turn) {
            turn.start = Math.max(turn.start, now);
        }

        /// @param cost already divided by the weight
        void served(Turn turn, double cost) {
            now = turn.start;
            turn.start += cost;
            furthest = Math.max(furthest, turn.start);
        }

        /// Nothing waits: nobody is owed anything any more.
        void idle() {
            now = furthest;
        }
    }
}
