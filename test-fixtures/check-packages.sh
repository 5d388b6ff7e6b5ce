#!/usr/bin/env bash
# Compiles every version of every package with elixirc and erlc, in the order of their dependencies, runs bookshop's tests, and
# holds broken/README.md against Elixir's parser. No Mix project, no network: Debian's `elixir` (1.14) and `erlang-dev`
# will do. Ends with 0 when all is as it should be.
#
#   check-packages.sh [DIR]     keeps sources and beams in DIR (src/NAME-VERSION, ebin/NAME-VERSION)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
if [ $# -gt 0 ]; then mkdir -p "$1"; work=$(cd "$1" && pwd); else work=$(mktemp -d) && trap 'rm -rf "$work"' EXIT; fi
# Without it Erlang reads file names and prints as Latin-1 where no locale is set.
export LC_ALL=C.UTF-8

"$here/assemble-packages.sh" "$work/src"
find "$work/src" \( -name '*.ex' -o -name '*.exs' \) -print0 | xargs -0 elixir "$here/unparsable.exs" >"$work/refused"
if [ -s "$work/refused" ]; then cat "$work/refused" >&2; echo "Elixir can't parse these" >&2; exit 1; fi
(cd "$here/broken" && diff <(sed -n 's/^| \([a-z0-9_]*\.ex\) |.*| no |$/\1/p' README.md) <(elixir "$here/unparsable.exs" ./*.ex | sed 's,^\./,,' | sort))

elixir "$here/releases.exs" "$work/src" "$work/ebin" >"$work/order"
declare -A paths_of=()
while read -r release dependencies; do
  src=$work/src/$release ebin=$work/ebin/$release paths=()
  for dependency in $dependencies; do paths+=(-pa "$work/ebin/$dependency"); done
  if [ -f "$src/mix.exs" ]; then
    mapfile -t files < <(find "$src/lib" "$src/test/support" -name '*.ex' 2>/dev/null | sort)
    # A warning fails, but for the odd package: that one is made of what the compiler warns of.
    strict=(--warnings-as-errors) && case $release in oddities-*) strict=() ;; esac
    compile=(elixirc --ignore-module-conflict "${strict[@]}" "${paths[@]}" -o "$ebin" "${files[@]}")
  else
    compile=(erlc -Werror +debug_info -I "$src/include" -o "$ebin" "$src"/src/*.erl)
  fi
  # In the package's folder, as Mix does it.
  if ! (cd "$src" && "${compile[@]}" </dev/null >"$work/log" 2>&1); then cat "$work/log" >&2; echo "$release does not compile" >&2; exit 1; fi
  paths_of[$release]=${paths[*]:-}
  echo "compiled $release${dependencies:+ with $dependencies}"
done <"$work/order"

bookshop=$(cut -d' ' -f1 "$work/order" | grep '^bookshop-')
# shellcheck disable=SC2086  # several words on purpose
(cd "$work/src/$bookshop" && elixir ${paths_of[$bookshop]} -pa "$work/ebin/$bookshop" -e '
  {:ok, _} = Application.ensure_all_started(:logger)
  Logger.configure(level: :error)
  "config/config.exs" |> Config.Reader.read!(env: :test) |> Application.put_all_env(persistent: true)
  Enum.each(["test/test_helper.exs" | Path.wildcard("test/**/*_test.exs")], &Code.require_file/1)' </dev/null)
