package dev.ropewalk.store;

/// Where a value that is kept out of line is found, and how to know that it is the right one.
///
/// @param origin the id of the execution that wrote it
/// @param id names the blob within the store; letters and digits, chosen by the store
/// @param size in bytes as stored
/// @param sha256 of the bytes as stored, 32 bytes
/// @param contentType of the value
/// @param encoding how the stored bytes are made from the value's; `identity`
public record BlobRef(String origin, String id, long size, byte[] sha256, String contentType, String encoding) {

    public static final String IDENTITY = "identity";
}
