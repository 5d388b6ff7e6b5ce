#!/usr/bin/env bash
# Writes the files of every version of every package to DIR/NAME-VERSION: what packages/NAME holds, and for an older version
# packages/NAME/versions/VERSION laid over it, without the paths that its .absent lists.
#
#   assemble-packages.sh DIR
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd) out=$1

# The first version that stands in mix.exs, or in the .app.src of an Erlang package.
version() {
  if [ -f "$1/mix.exs" ]; then sed -n 's/^ *@version "\(.*\)"$/\1/p' "$1/mix.exs"; else sed -n 's/^ *{vsn, "\(.*\)"},$/\1/p' "$1"/src/*.app.src; fi
}

for package in "$here"/packages/*/; do
  package=${package%/} name=$(basename "$package")
  for overlay in "" "$package"/versions/*/; do
    [ -z "$overlay" ] || [ -d "$overlay" ] || continue
    rm -rf "$out/.next" && mkdir -p "$out/.next"
    (cd "$package" && tar cf - --exclude=./versions .) | tar xf - -C "$out/.next"
    if [ -n "$overlay" ]; then
      cp -R "$overlay." "$out/.next/"
      if [ -f "$overlay.absent" ]; then (cd "$out/.next" && xargs -d '\n' rm < "${overlay}.absent" && rm .absent); fi
      [ "$(version "$out/.next")" = "$(basename "$overlay")" ] || { echo "$overlay: mix.exs says $(version "$out/.next")" >&2; exit 1; }
    fi
    release=$out/$name-$(version "$out/.next")
    rm -rf "$release" && mv "$out/.next" "$release"
  done
done
