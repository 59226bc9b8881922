package dev.ropewalk.store;

import dev.ropewalk.plan.ExecutionStatus;
import java.util.List;
import java.util.Optional;

/// What is known of an execution without reading its log.
///
/// @param number dense, given by the engine, the key of its frames
/// @param namespace to which its id and key belong; empty by default
/// @param id unique in the namespace
/// @param workflow the name of its workflow
/// @param version the version of its workflow; may be empty
/// @param planDigest of the plan that it runs
/// @param idempotencyKey unique in the namespace, if it was given
/// @param bodyDigest SHA-256 of what was submitted, to tell a repeated submit from another
/// @param status the name of an `ExecutionStatus`
/// @param headSeq the number of its last event
/// @param headDigest the digest of its last frame
/// @param createdAt, startedAt, completedAt microseconds since 1970; 0 if not yet
/// @param nextDue when its next timer is due, microseconds since 1970; 0 if none
/// @param tags of the workflow and the run
/// @param metadata a JSON object
/// @param errorCode why it failed
/// @param quarantine why it is not loaded any more
public record ExecutionRow(
        long number,
        String namespace,
        String id,
        String workflow,
        String version,
        byte[] planDigest,
        Optional<String> idempotencyKey,
        byte[] bodyDigest,
        String status,
        long headSeq,
        byte[] headDigest,
        long createdAt,
        long startedAt,
        long completedAt,
        long nextDue,
        List<String> tags,
        String metadata,
        Optional<String> errorCode,
        Optional<String> quarantine) {

    /// The status to show, to count and to ask for: QUARANTINED, or else the one of its log.
    public String shownStatus() {
        return quarantine.isPresent() ? ExecutionStatus.QUARANTINED.name() : status;
    }

    /// Whether it is neither ended nor quarantined.
    public boolean unfinished() {
        return quarantine.isEmpty() && !ExecutionStatus.valueOf(status).ended();
    }

    /// The same execution, no longer loaded because of `reason`.
    public ExecutionRow quarantined(String reason) {
        return new ExecutionRow(
                number,
                namespace,
                id,
                workflow,
                version,
                planDigest,
                idempotencyKey,
                bodyDigest,
                status,
                headSeq,
                headDigest,
                createdAt,
                startedAt,
                completedAt,
                nextDue,
                tags,
                metadata,
                errorCode,
                Optional.of(reason));
    }
}
