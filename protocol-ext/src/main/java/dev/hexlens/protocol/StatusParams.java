package dev.hexlens.protocol;

/** The parameters of {@code hexlens/status}: none so far. */
public record StatusParams() {}
