package dev.hexlens.protocol;

import java.util.List;

/** Some matches, as the value of a {@code $/progress} notification under the request's token. */
public record TextSearchBatch(List<TextMatch> texts) {}
