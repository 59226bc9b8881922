/// The event log in a relational database, by plain JDBC.
@NullMarked
package dev.ropewalk.store.jdbc;

import org.jspecify.annotations.NullMarked;
