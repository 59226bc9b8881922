package dev.ropewalk.resource;

/// How far something shared is used at one moment.
///
/// @param type of a pool; else empty
/// @param capacity what may be used now, in the unit of the kind: thousandths of a pool's unit, places,
///     requests, tokens; [Long#MAX_VALUE] without a limit
/// @param used what is used, or was within the period
/// @param kept for demands with a reservation
/// @param queued tasks that wait; of pools only
public record ResourceLoad(
        Resource.Kind kind, String name, String type, long capacity, long used, long kept, int queued) {

    /// From 0 to 1, or more where the capacity has shrunk under what is used.
    public double utilisation() {
        return capacity == Strictest.NO_LIMIT ? 0 : capacity == 0 ? 1 : (double) used / capacity;
    }
}
