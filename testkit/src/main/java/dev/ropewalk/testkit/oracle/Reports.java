package dev.ropewalk.testkit.oracle;

import dev.ropewalk.execution.Failure;
import dev.ropewalk.execution.StoredValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the attempts of the simulated tools said, over all processes: an event that claims an outcome
/// must have one of these behind it.
public final class Reports {

    private record Attempt(String execution, int task, int attempt) {}

    private record Success(StoredValue result, String inputDigest) {}

    private final Map<Attempt, List<Success>> successes = new HashMap<>();
    private final Map<Attempt, List<Failure>> failures = new HashMap<>();
    private final Set<Attempt> stopped = new HashSet<>();
    private final Set<Attempt> abandoned = new HashSet<>();
    private final Map<Attempt, Failure> evaluationFailures = new HashMap<>();
    private final Map<String, Failure> resultFailures = new HashMap<>();

    public void success(String execution, int task, int attempt, StoredValue result, String inputDigest) {
        successes
                .computeIfAbsent(new Attempt(execution, task, attempt), _ -> new ArrayList<>(1))
                .add(new Success(result, inputDigest));
    }

    public void failure(String execution, int task, int attempt, Failure failure) {
        failures.computeIfAbsent(new Attempt(execution, task, attempt), _ -> new ArrayList<>(1))
                .add(failure);
    }

    /// The attempt ended because it was told to.
    public void stopped(String execution, int task, int attempt) {
        stopped.add(new Attempt(execution, task, attempt));
    }

    /// The engine gave the attempt up.
    public void abandoned(String execution, int task, int attempt) {
        abandoned.add(new Attempt(execution, task, attempt));
    }

    public void evaluationFailed(String execution, int task, int generation, Failure failure) {
        evaluationFailures.put(new Attempt(execution, task, generation), failure);
    }

    public void resultFailed(String execution, Failure failure) {
        resultFailures.put(execution, failure);
    }

    boolean saidSuccess(String execution, int task, int attempt, StoredValue result, String inputDigest) {
        return successes
                .getOrDefault(new Attempt(execution, task, attempt), List.of())
                .contains(new Success(result, inputDigest));
    }

    boolean saidFailure(String execution, int task, int attempt, Failure failure) {
        return failures.getOrDefault(new Attempt(execution, task, attempt), List.of())
                .contains(failure);
    }

    boolean saidStopped(String execution, int task, int attempt) {
        return stopped.contains(new Attempt(execution, task, attempt));
    }

    boolean wasAbandoned(String execution, int task, int attempt) {
        return abandoned.contains(new Attempt(execution, task, attempt));
    }

    boolean saidEvaluationFailed(String execution, int task, int generation, Failure failure) {
        return failure.equals(evaluationFailures.get(new Attempt(execution, task, generation)));
    }

    boolean saidResultFailed(String execution, Failure failure) {
        return failure.equals(resultFailures.get(execution));
    }
}
