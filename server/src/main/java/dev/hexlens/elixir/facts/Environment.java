package dev.hexlens.elixir.facts;

/**
 * One link of a lexical scope: a directive, and what held before it.
 *
 * @param outer an index into {@link Facts#environments}, or -1
 */
public record Environment(int outer, Directive directive) {}
