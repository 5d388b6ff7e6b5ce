package dev.hexlens.store.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A database as messages name it.
 *
 * @param url without password
 * @param data the data folder of the embedded server; null for a server named by URL
 */
record Site(String url, @Nullable Path data) {}
