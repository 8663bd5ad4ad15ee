# Sourced by bin/run and bin/test: puts in place what is missing, and says so, a line per slow step.
# Python packages go to .venv; Debian packages are installed by root, anybody else is shown the one line to run.

caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1
# WeasyPrint draws our documents with these; the fonts are what its pages name.
RUNTIME_PACKAGES=(libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2)

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# step WHAT COMMAND…: runs it, shows its output only where it fails, and takes it along when this script is stopped.
step() {
  local what=$1 log child status=0 begin=$SECONDS
  shift
  log=$(mktemp)
  printf '· %s … ' "$what"
  setsid "$@" >"$log" 2>&1 </dev/null &
  child=$!
  trap 'kill -- -"$child" 2>/dev/null || true; wait "$child" 2>/dev/null || true; rm -f "$log"; printf "stopped\n"; exit 130' INT TERM HUP
  wait "$child" || status=$?
  trap - INT TERM HUP
  if [ "$status" -ne 0 ]; then
    printf 'failed\n'
    cat "$log" >&2
    rm -f "$log"
    fail "$what did not work; what it said is above."
  fi
  rm -f "$log"
  printf '%s s\n' "$((SECONDS - begin))"
}

# need_packages NAME…: Debian packages; elsewhere (no dpkg) their counterparts are taken to be there.
need_packages() {
  local name missing=()
  command -v dpkg-query >/dev/null || return 0
  for name in "$@"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  [ "$(id -u)" -eq 0 ] || fail "Debian packages are missing. Run this, then start again:
  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
  step "Reading Debian's list of packages" apt-get update -q
  step "Installing Debian packages: ${missing[*]}" \
    env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}"
}

find_python() {
  for python in python3.11 python3 python3.12 python3.13; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
  done
  fail "Python 3.11 or newer is needed, and none was found."
}

# need_python LOCK: a virtual environment that holds exactly what the lock names, each file by its hash.
need_python() {
  local lock=requirements/$1.lock stamp=.venv/.installed-$1
  find_python
  if ! .venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    "$python" -c 'import ensurepip, venv' 2>/dev/null || need_packages python3-venv
    step "Making a virtual environment" "$python" -m venv --clear .venv
  fi
  cmp -s "$lock" "$stamp" && return 0
  step "Installing Python packages (a minute or two, once)" \
    .venv/bin/python -m pip install --quiet --require-hashes -r "$lock"
  cp "$lock" "$stamp"
}
