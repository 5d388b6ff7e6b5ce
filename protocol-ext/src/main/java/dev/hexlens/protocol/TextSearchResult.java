package dev.hexlens.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@code hexlens/textSearch}.
 *
 * @param texts workspace first, then its dependencies, then packages by rank; empty when they were
 *     streamed
 * @param notes what could not be searched or is not whole, a sentence each
 * @param cursor where to go on; null when there is nothing more
 */
public record TextSearchResult(
    List<TextMatch> texts, Counts counts, List<String> notes, @Nullable String cursor) {}
