package dev.ropewalk;

/// Ends a subscription when closed; closing again changes nothing.
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
