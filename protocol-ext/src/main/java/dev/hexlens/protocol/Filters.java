package dev.hexlens.protocol;

import java.util.List;
import org.eclipse.lsp4j.jsonrpc.messages.Either;
import org.jspecify.annotations.Nullable;

/**
 * Conditions beside a pattern; all that are there must hold. Named as in {@link
 * PatternSearchParams}.
 */
public record Filters(
    @Nullable Either<String, List<String>> inside,
    @Nullable Either<String, List<String>> notInside,
    @Nullable Either<String, List<String>> contains,
    @Nullable Either<String, List<String>> notContains,
    @Nullable Either<String, List<String>> parent,
    @Nullable Either<String, List<String>> child,
    @Nullable Either<String, List<String>> follows,
    @Nullable Either<String, List<String>> immediatelyFollows,
    @Nullable Either<String, List<String>> precedes,
    @Nullable Either<String, List<String>> immediatelyPrecedes,
    @Nullable Either<String, List<String>> comment,
    @Nullable Either<String, List<String>> commentBefore,
    @Nullable Either<String, List<String>> commentAfter,
    @Nullable Either<String, List<String>> commentInside,
    @Nullable Either<String, List<String>> commentInline,
    @Nullable Either<String, List<String>> where,
    @Nullable Boolean piped,
    @Nullable Boolean first,
    @Nullable Boolean last,
    @Nullable Integer nth,
    @Nullable List<Filters> any,
    @Nullable List<Filters> all,
    @Nullable List<Filters> not) {}
