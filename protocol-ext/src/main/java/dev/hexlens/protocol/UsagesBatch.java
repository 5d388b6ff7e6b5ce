package dev.hexlens.protocol;

import java.util.List;

/** Some packages, as the value of a {@code $/progress} notification under the request's token. */
public record UsagesBatch(List<PackageUsages> packages) {}
