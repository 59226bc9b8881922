package dev.ropewalk;

import dev.ropewalk.plan.RetryPolicy;
import java.time.Duration;
import java.util.Optional;

/// How a single tool is called.
public record CallOptions(SubmitOptions submit, RetryPolicy retry, Optional<Duration> timeout) {
    public static final CallOptions DEFAULT =
            new CallOptions(SubmitOptions.DEFAULT, RetryPolicy.NONE, Optional.empty());
}
