package dev.hexlens.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code hexlens/usages}.
 *
 * @param symbols those that were looked for, as they print
 * @param packages workspace first, then its dependencies, then by rank; empty when streamed
 * @param notes what could not be searched, a sentence each
 * @param cursor where to go on with the places; null when all were told
 */
public record UsagesResult(
    List<String> symbols,
    List<PackageUsages> packages,
    Counts counts,
    List<String> notes,
    @Nullable String cursor) {}
