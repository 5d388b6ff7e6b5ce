package dev.hexlens.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The argument of the command {@code hexlens.reindexHex}.
 *
 * @param mode {@code latest}, {@code top}, {@code all}, or {@code lock} for what the workspace's
 *     mix.lock names; null for {@code lock}
 * @param limit with {@code top}, how many packages; null for 300
 */
public record ReindexHexArguments(@Nullable String mode, @Nullable Integer limit) {}
