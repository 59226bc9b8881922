package dev.ropewalk.store;

/// Opens stores of one kind; found through [java.util.ServiceLoader] by the scheme of the URL.
public interface StoreProvider {

    /// `sqlite`, `memory` …
    String scheme();

    /// Opens the store as its owner, and creates it if it is not there.
    ///
    /// @param url the whole URL: `sqlite:.ropewalk/ropewalk.db`
    /// @throws StoreException `LOCKED` with the pid of the owner and how to use another store;
    ///     `TOO_NEW`, `CORRUPT`, `UNUSABLE`
    Store open(String url);

    /// Opens the store for reading, also while another process owns it.
    ///
    /// @throws StoreException `NOT_FOUND` if there is none
    StoreReader openReader(String url);
}
