# Sourced: find_jdk prints the home of a JDK of version $needed or newer, or fails.
needed=25

# Reads the file `release` that every JDK has: starting each java to ask would cost more than the rest of this script.
new_enough() {
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 1
  while IFS='=' read -r key value; do
    if [ "$key" = JAVA_VERSION ]; then
      value=${value#\"}
      value=${value%%[!0-9]*}
      [ "${value:-0}" -ge "$needed" ]
      return
    fi
  done <"$1/release"
  return 1
}

of_path() {
  java=$(command -v java) || return 1
  while [ -h "$java" ]; do
    link=$(readlink "$java")
    case $link in
      /*) java=$link ;;
      *) java=$(dirname "$java")/$link ;;
    esac
  done
  cd -P "$(dirname "$java")/.." && pwd
}

find_jdk() {
  home=${HOME:-/nonexistent}
  for jdk in "${JAVA_HOME:-}" "$(of_path || :)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /opt/*jdk* \
    "$home"/.sdkman/candidates/java/* "$home"/.jdks/* "$home"/.asdf/installs/java/* \
    "$home"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "$home"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    if [ -n "$jdk" ] && new_enough "$jdk"; then
      printf '%s\n' "$jdk"
      return
    fi
  done
  return 1
}
