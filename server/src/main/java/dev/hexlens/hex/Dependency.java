package dev.hexlens.hex;

import org.jspecify.annotations.Nullable;

/**
 * What a release needs.
 *
 * @param name of the package
 * @param requirement as published, such as {@code ~> 1.2}; see {@link Requirement}
 * @param optional needed only where the project has it anyway
 * @param app the OTP application, mostly the package's name
 * @param repository null for the repository of the release itself
 */
public record Dependency(
    String name, String requirement, boolean optional, String app, @Nullable String repository) {}
