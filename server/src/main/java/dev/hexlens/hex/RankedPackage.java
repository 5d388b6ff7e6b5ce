package dev.hexlens.hex;

/**
 * A package with its downloads, as the HTTP API counts them.
 *
 * @param downloads since the first release
 * @param recentDownloads of the last 90 days
 */
public record RankedPackage(String name, long downloads, long recentDownloads) {}
