# For benchmarks: build_floor FILE makes the program that runs the C parser alone, of src/test/native with cc -O3 and the npm sources
# that the product was built from. Needs $server, the server's folder.
build_floor() {
  core=$server/target/native/tree-sitter/package/vendor/tree-sitter/lib
  grammar=$server/target/native/tree-sitter-elixir/package/src
  [ ! -x "$1" ] || return 0
  [ -d "$core" ] || {
    echo "there are no sources in $server/target/native: build with npm and cc installed" >&2
    return 2
  }
  mkdir -p "$(dirname "$1")"
  cc -O3 -D_DEFAULT_SOURCE -w -I "$core/include" -I "$core/src" -I "$grammar" \
    "$server/src/test/native/parse_baseline.c" "$core/src/lib.c" "$grammar/parser.c" "$grammar/scanner.c" -o "$1"
}
