# Shared by the scripts beside it, which read it after they went to the project's root.
# shellcheck shell=sh

stamp=.venv/installed.stamp

say() { printf '==> %s\n' "$*" >&2; }

fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# A virtual environment with what the lock file names. The stamp holds the digests of the locks that are in, so that
# nothing is done twice; the locks of development contain those of the server, so they are noted as both.
install_requirements() {
    lock=$1
    digest=$(cksum <"$lock")
    if grep -qsxF "$lock $digest" "$stamp" && .venv/bin/python -c '' 2>/dev/null; then return; fi
    make_venv
    say "Installing $lock (only when it has changed)"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r "$lock" ||
        fail "pip could not install $lock; see above"
    echo "$lock $digest" >"$stamp"
    if [ "$lock" = requirements-dev.txt ]; then echo "requirements.txt $(cksum <requirements.txt)" >>"$stamp"; fi
}

make_venv() {
    command -v python3 >/dev/null || fail "python3 is missing: apt-get install python3 python3-venv"
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || fail "python3 must be 3.11 or newer"
    python3 -c 'import ensurepip' 2>/dev/null || fail "python3-venv is missing: apt-get install python3-venv"
    if .venv/bin/python -m pip --version >/dev/null 2>&1; then return; fi
    say "Making the virtual environment .venv"
    python3 -m venv --clear .venv || fail "python3 could not make .venv; see above"
}

# Debian's packages, for whom may: install_packages WHAT PACKAGE…
install_packages() {
    what=$1
    shift
    if [ "$(id -u)" = 0 ]; then become=; elif sudo -n true 2>/dev/null; then become=sudo; else
        fail "$what: missing, and only root may install them: apt-get install $*"
    fi
    say "Installing $*"
    $become env DEBIAN_FRONTEND=noninteractive apt-get update -qq
    $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"
}
