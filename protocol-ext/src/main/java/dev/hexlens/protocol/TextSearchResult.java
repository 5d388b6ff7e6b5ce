package dev.hexlens.protocol;

import java.util.List;

/**
 * The answer to {@code hexlens/textSearch}.
 *
 * @param texts workspace first, then its dependencies, then packages by rank; empty when they were
 *     streamed
 * @param notes what could not be searched or is not whole, a sentence each
 */
public record TextSearchResult(List<TextMatch> texts, Counts counts, List<String> notes) {}
