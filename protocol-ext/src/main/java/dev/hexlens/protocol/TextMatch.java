package dev.hexlens.protocol;

/**
 * A place where a text stands.
 *
 * @param matched what stands there, at most 240 characters of it
 */
public record TextMatch(SourcePlace at, String matched) {}
