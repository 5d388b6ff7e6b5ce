#!/usr/bin/env bash
# Holds grep and search against counts that are known from the source of Elixir's standard library:
#
#   check-stdlib.sh ELIXIR       the unpacked source of Elixir
#
# The counts for 1.14.0, Debian bookworm's, are in stdlib_counts.tsv; those of another version are made on the spot. The library is
# indexed as package `elixir` into the database that HEXLENS_HOME names. Exits 1 when a count differs.
set -euo pipefail
unset CDPATH
fixtures=$(cd -P "$(dirname "${BASH_SOURCE[0]}")" && pwd)
hexlens=$fixtures/../server/bin/hexlens
elixir=$1
version=$(cat "$elixir/VERSION")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Elixir's applications without their tests: NAME/lib for each.
for lib in "$elixir"/lib/*/lib; do
  application=$(basename "$(dirname "$lib")")
  mkdir -p "$work/elixir/$application"
  cp -R "$lib" "$work/elixir/$application/lib"
done

counts=$fixtures/stdlib_counts.tsv
if [ "$version" != 1.14.0 ]; then
  counts=$work/counts.tsv
  elixir "$fixtures/stdlib_counts.exs" "$work/elixir" >"$counts"
fi

"$hexlens" index path "$work/elixir" --package elixir --version "$version" ||
  [ $? = 1 ] # there already

# Both exit 1 where the count is 0; anything worse is told by the count that is missing then.
count() { "$hexlens" "$@" --count </dev/null || :; }

wrong=0
while IFS=$'\t' read -r known pattern; do
  grepped=$(count grep "$pattern" "$work/elixir")
  searched=$(count search "$pattern" --package "elixir@$version")
  said=agrees
  if [ "$grepped" != "$known" ] || [ "$searched" != "$known" ]; then
    said="DIFFERS: grep ${grepped:-failed}, search ${searched:-failed}"
    wrong=$((wrong + 1))
  fi
  printf '%6d  %-32s %s\n' "$known" "$pattern" "$said"
done <"$counts"
echo "$(($(wc -l <"$counts") - wrong)) of $(($(wc -l <"$counts"))) counts agree on Elixir $version"
[ "$wrong" = 0 ]
