package dev.hexlens.hex;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** A value in {@code metadata.config}, which is a file of Erlang terms. */
sealed interface ErlangTerm {

  /** A binary, or a string in double quotes: in metadata both are text. */
  record Text(String value) implements ErlangTerm {}

  record Int(BigInteger value) implements ErlangTerm {}

  record Atom(String name) implements ErlangTerm {}

  record Sequence(List<ErlangTerm> elements) implements ErlangTerm {}

  record Tuple(List<ErlangTerm> elements) implements ErlangTerm {}

  record Dictionary(Map<ErlangTerm, ErlangTerm> entries) implements ErlangTerm {}
}
