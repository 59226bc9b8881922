package dev.ropewalk.engine;

import java.util.List;
import java.util.Optional;

/// What is fixed about an execution when it is accepted.
///
/// @param number its key in the store
/// @param planBytes the encoded plan, to be stored with the first frame; empty once it is stored
/// @param metadata a JSON object
public record Admission(
        long number,
        String namespace,
        String id,
        String workflow,
        String version,
        byte[] planDigest,
        Optional<byte[]> planBytes,
        Optional<String> idempotencyKey,
        byte[] bodyDigest,
        List<String> tags,
        String metadata) {

    Admission numbered(long newNumber) {
        return new Admission(
                newNumber,
                namespace,
                id,
                workflow,
                version,
                planDigest,
                planBytes,
                idempotencyKey,
                bodyDigest,
                tags,
                metadata);
    }
}
