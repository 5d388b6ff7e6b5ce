#!/bin/sh
# Compiles the tree-sitter core, the Elixir grammar and flatten.c into one shared library for the jar:
#
#   build.sh WORK RESOURCES      WORK keeps the downloads, RESOURCES/natives/ receives the library
#
# The sources are npm packages, held to the checksums below. Does nothing when the library there was made from the same.
# Where npm or a C compiler is missing, or the registry can't be reached, says so and leaves the build to the prebuilt
# natives, which parse the same and slower.
set -eu

core_version=0.25.1
core_sha512=mrcEdkYtHfrK1A6fs3O6FxkBo0Qig5XUXqHhxUOQu0bmPo00QF4XaSx4edpazdHwxnSCjlGKGgIqWdaN4dvTLA==
grammar_version=0.3.5
grammar_sha512=xozQMvYK0aSolcQZAx2d84Xe/YMWFuRPYFlLVxO01bM2GITh5jyiIp0TqPCQa8754UzRAI7A83hZmfiYub5TZQ==

work=$1 resources=$2
native=$(cd "$(dirname "$0")" && pwd)

case $(uname -s) in
  Darwin) os=macos library=libhexlens-elixir.dylib ;;
  *) os=linux library=libhexlens-elixir.so ;;
esac
case $(uname -m) in
  x86_64 | amd64) arch=x86_64 ;;
  aarch64 | arm64) arch=aarch64 ;;
  *) arch=$(uname -m) ;;
esac
out=$resources/natives/$arch-$os
stamp=$(cat "$native/build.sh" "$native/flatten.c" | cksum | tr ' ' -)
if [ -f "$out/$library" ] && grep -q "^script=$stamp$" "$out/natives.properties"; then
  exit 0
fi

without() {
  echo "native build: $1: the jar will have the prebuilt natives only, which parse about five times slower" >&2
  exit 0
}
cc=${CC:-cc}
for program in npm node "$cc"; do
  command -v "$program" >/dev/null 2>&1 || without "$program is not installed"
done

mkdir -p "$work" "$out"
cd "$work"
fetch() { # name version sha512
  archive=$1-$2.tgz
  if [ ! -f "$archive" ]; then
    npm pack --silent --prefer-offline --fetch-retries=1 --fetch-retry-mintimeout=2000 "$1@$2" >/dev/null 2>npm.log || without "npm can't fetch $1@$2 (see $work/npm.log)"
  fi
  actual=$(node -e 'const fs = require("fs"), crypto = require("crypto");
    console.log(crypto.createHash("sha512").update(fs.readFileSync(process.argv[1])).digest("base64"))' "$archive")
  if [ "$actual" != "$3" ]; then
    rm -f "$archive"
    echo "native build: $1@$2 has checksum $actual, expected $3" >&2
    exit 1
  fi
  rm -rf "$1" && mkdir "$1" && tar xzf "$archive" -C "$1"
}
fetch tree-sitter "$core_version" "$core_sha512"
fetch tree-sitter-elixir "$grammar_version" "$grammar_sha512"

core=tree-sitter/package/vendor/tree-sitter/lib
grammar=tree-sitter-elixir/package/src
echo "native build: compiling tree-sitter $core_version and tree-sitter-elixir $grammar_version with $cc" >&2
# Hidden by default: the headers mark what is public, and calls inside the library then need no indirection.
"$cc" -O3 -fPIC -shared -fvisibility=hidden -D_DEFAULT_SOURCE -D_DARWIN_C_SOURCE -w \
  -I "$core/include" -I "$core/src" -I "$grammar" \
  "$core/src/lib.c" "$grammar/parser.c" "$grammar/scanner.c" "$native/flatten.c" -o "$library.new" ||
  without "$cc failed"
sha256=$(node -e 'const fs = require("fs"), crypto = require("crypto");
  console.log(crypto.createHash("sha256").update(fs.readFileSync(process.argv[1])).digest("hex"))' "$library.new")
cp tree-sitter/package/LICENSE "$out/LICENSE.tree-sitter"
cp tree-sitter-elixir/package/LICENSE "$out/LICENSE.tree-sitter-elixir"
printf 'library=%s\nsha256=%s\ncore=%s\ngrammar=%s\nscript=%s\n' \
  "$library" "$sha256" "$core_version" "$grammar_version" "$stamp" \
  >"$out/natives.properties"
mv "$library.new" "$out/$library"
