package dev.hexlens.protocol;

/**
 * How much was found, honestly.
 *
 * @param found matches or usages
 * @param files in which they stand
 * @param packages in which they stand; a folder of the workspace counts as one
 * @param complete false when a limit ended the search: there may be more
 * @param candidates files that may hold something
 * @param searched files among them that were looked at
 */
public record Counts(
    int found, int files, int packages, boolean complete, int candidates, int searched) {}
