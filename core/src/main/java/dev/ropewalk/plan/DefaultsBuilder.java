package dev.ropewalk.plan;

import dev.ropewalk.plan.Workflow.Defaults;
import dev.ropewalk.plan.Workflow.FailurePolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the tasks of a plan take that say nothing else themselves.
public final class DefaultsBuilder {

    private Optional<RetryPolicy> retry = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<FailurePolicy> onFailure = Optional.empty();
    private Optional<Priority> priority = Optional.empty();
    private final List<String> groups = new ArrayList<>();

    DefaultsBuilder() {}

    /// As [RetryPolicy#of(int)].
    public DefaultsBuilder retry(int maxRetries) {
        return retry(RetryPolicy.of(maxRetries));
    }

    public DefaultsBuilder retry(RetryPolicy policy) {
        retry = Optional.of(policy);
        return this;
    }

    /// Of one attempt.
    public DefaultsBuilder timeout(Duration duration) {
        timeout = Optional.of(duration);
        return this;
    }

    /// A task that has failed counts as skipped; what needs it goes on with the result null.
    public DefaultsBuilder skipOnFailure() {
        onFailure = Optional.of(new FailurePolicy.Skip());
        return this;
    }

    public DefaultsBuilder priority(Priority value) {
        priority = Optional.of(value);
        return this;
    }

    /// The concurrency groups of tasks that name none.
    public DefaultsBuilder group(String... names) {
        groups.addAll(List.of(names));
        return this;
    }

    Defaults build() {
        return new Defaults(retry, timeout, onFailure, priority, groups);
    }
}
