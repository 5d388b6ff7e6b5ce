package dev.hexlens.bench;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the search benchmark asks, each kind from common to rare. */
final class Questions {
  private Questions() {}

  /**
   * A question.
   *
   * @param other how another tool asks it: a pattern of ast-grep, a basic or extended expression of
   *     grep; null where it can't
   */
  record Asked(String text, @Nullable String other) {}

  static final List<Asked> PATTERNS =
      List.of(
          new Asked("{:ok, _}", "{:ok, $A}"),
          new Asked("Enum.map(_, _)", "Enum.map($A, $B)"),
          new Asked("Map.get(_, _)", "Map.get($A, $B)"),
          new Asked("IO.inspect(...)", "IO.inspect($$$A)"),
          new Asked("@impl true", "@impl true"),
          new Asked("use GenServer", "use GenServer"),
          new Asked("raise ArgumentError, _", "raise ArgumentError, $A"),
          new Asked("Repo.get!(_, _)", "Repo.get!($A, $B)"),
          new Asked("GenServer.call(...)", "GenServer.call($$$A)"),
          new Asked("def handle_call/3", null),
          new Asked("def init(_) do ... end", null),
          new Asked("Kernel.length(_)", "length($A)"),
          new Asked("_ |> Enum.map(_) |> Enum.join(_)", "$A |> Enum.map($B) |> Enum.join($C)"),
          new Asked("Enum.reduce(_, _, fn _, _ -> ... end)", null),
          new Asked("with {:ok, _} <- _ do ... end", null),
          new Asked("%{status: 404}", "%{status: 404}"),
          new Asked("%Plug.Conn{}", "%Plug.Conn{}"),
          new Asked("_ + _", "$A + $B"),
          new Asked("x == x", "$A == $A"),
          new Asked("fn x -> x end", "fn $A -> $A end"),
          new Asked("if(_, do: true, else: false)", "if $A, do: true, else: false"),
          new Asked("Enum.count(_) == 0", "Enum.count($A) == 0"),
          new Asked("String.to_atom(_)", "String.to_atom($A)"),
          new Asked(":telemetry.execute(_, _, _)", ":telemetry.execute($A, $B, $C)"),
          new Asked("Application.get_env(:logger, _)", "Application.get_env(:logger, $A)"),
          new Asked("Process.sleep(1234567)", "Process.sleep(1234567)"));

  static final List<Asked> TEXTS =
      List.of(
          new Asked("def", "def"),
          new Asked("x", "x"),
          new Asked("Enum.map", "Enum.map"),
          new Asked("~>", "~>"),
          new Asked("TODO", "TODO"),
          new Asked("§", "§"),
          new Asked("deprecated since", "deprecated since"),
          new Asked("https://tools.ietf.org", "https://tools.ietf.org"),
          new Asked("put_resp_content_type(conn", "put_resp_content_type(conn"),
          new Asked("quantum", "quantum"),
          new Asked("Größe", "Größe"),
          new Asked("zzzyx", "zzzyx"),
          new Asked("could not find", "could not find"),
          new Asked("Repo.transaction(fn ->", "Repo.transaction(fn ->"),
          new Asked("@deprecated", "@deprecated"),
          new Asked("Content-Security-Policy", "Content-Security-Policy"),
          new Asked("SELECT ", "SELECT "));

  static final List<Asked> EXPRESSIONS =
      List.of(
          new Asked("GenServer\\.(call|cast)\\(", "GenServer\\.(call|cast)\\("),
          new Asked("^\\s*# ?TODO", "^[[:space:]]*# ?TODO"),
          new Asked("@spec \\w+\\(binary", "@spec [[:alnum:]_]+\\(binary"),
          new Asked("(?i)http/1\\.[01]", "[Hh][Tt][Tt][Pp]/1\\.[01]"),
          new Asked("[0-9]{9,}", "[0-9]{9,}"),
          new Asked(
              "rescue\\s+\\w+ in \\[?ArgumentError", "rescue[[:space:]]+.* in \\[?ArgumentError"),
          new Asked("fo+bar|ba[rz]qux", "fo+bar|ba[rz]qux"),
          new Asked("TODO|FIXME|HACK", "TODO|FIXME|HACK"),
          new Asked("def \\w+\\?\\(", "def [[:alnum:]_]+\\?\\("),
          new Asked("send_resp\\(conn, 4\\d\\d", "send_resp\\(conn, 4[0-9][0-9]"),
          new Asked(
              "(?i)copyright.*20[0-9]{2}", "[Cc][Oo][Pp][Yy][Rr][Ii][Gg][Hh][Tt].*20[0-9]{2}"),
          new Asked("\\b[a-f0-9]{40}\\b", "\\b[a-f0-9]{40}\\b"));

  static final List<Asked> REFERENCES =
      List.of(
          new Asked("Enum.map/2", "Enum\\.map\\b"),
          new Asked("GenServer", "\\bGenServer\\b"),
          new Asked("Ecto.Query", "\\bEcto\\.Query\\b"),
          new Asked("Enum.reduce/3", "Enum\\.reduce\\b"),
          new Asked("Ecto.Changeset.cast/3", "\\bcast\\("),
          new Asked("Plug.Conn.put_resp_header/3", "put_resp_header\\("),
          new Asked("Jason.encode!/1", "Jason\\.encode!"),
          new Asked(":telemetry.execute/3", ":telemetry\\.execute"),
          new Asked("Plug.Conn.t/0", "Plug\\.Conn\\.t\\b"),
          new Asked("Logger.warning", "Logger\\.warning\\b"),
          new Asked(":crypto.strong_rand_bytes/1", ":crypto\\.strong_rand_bytes"),
          new Asked("Phoenix.Token.verify/4", "Phoenix\\.Token\\.verify"));

  static final List<Asked> SYMBOLS =
      List.of(
          new Asked("map", "def[a-z]* [a-z_]*map"),
          new Asked("handle_call", "def[a-z]* handle_call"),
          new Asked("encode", "def[a-z]* [a-z_]*encode"),
          new Asked("init", "def[a-z]* init"),
          new Asked("put_resp", "def[a-z]* put_resp"),
          new Asked("Repo", "defmodule .*Repo"),
          new Asked("Phoenix.Live", "defmodule Phoenix\\.Live"),
          new Asked("Ecto.Changeset.ca", null),
          new Asked("telemetry", "def[a-z]* [a-z_]*telemetry"),
          new Asked("nobody_has_this", "def[a-z]* nobody_has_this"));
}
