package dev.hexlens.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One use of a symbol, or a definition of it.
 *
 * @param kind {@code definition}, or how it is used: {@code call}, {@code capture}, {@code alias},
 *     {@code struct}, {@code import}, {@code use}, {@code require}, {@code behaviour}, {@code
 *     implementation}, {@code attribute}, {@code type}
 * @param symbol which of the symbols that were asked for
 * @param certainty {@code resolved}, {@code inferred} or {@code written}
 * @param in the enclosing function or module; null outside of modules
 */
public record Usage(
    SourcePlace at, String kind, String symbol, String certainty, @Nullable String in) {}
