#!/usr/bin/env bash
# Install what is missing: system packages (as root, else print the list), the virtual environment, the locked Python
# packages. `setup.sh dev` adds what the tests need, `setup.sh production` the proxy too. A second run finds everything in
# place and returns at once.
set -euo pipefail
cd "$(dirname "$0")/.."

kind=${1:-run}
requirements=requirements.txt
libraries="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 libfontconfig1 fonts-dejavu-core"
tools=""
if [ "$kind" != run ]; then
    requirements=requirements-dev.txt
    tools="chromium-headless-shell postgresql redis-server poppler-utils dovecot-imapd"
fi
[ "$kind" != production ] || tools="$tools nginx-light openssl"

say() { printf '%s\n' "$*" >&2; }

missing_packages() {
    command -v dpkg-query >/dev/null || return 0
    for package in "$@"; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || printf '%s ' "$package"
    done
}

apt_install() {
    export DEBIAN_FRONTEND=noninteractive
    say "Installation des paquets du système : $*"
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 && return 0
    apt-get update -qq
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

# A package that only some jobs need: installed as root, else named, and the rest goes on.
wish() {
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        # shellcheck disable=SC2086
        apt_install $missing
    else
        say "Paquets du système manquants. Un administrateur peut les installer par :"
        say "    apt-get install --no-install-recommends $missing"
        [ "$kind" != run ] || say "L’application démarre sans eux ; la production des PDF les attend."
    fi
}

find_python() {
    local candidate
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if command -v "$candidate" >/dev/null && "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "Il faut Python 3.11 ou plus récent (paquet python3)."
    exit 1
}

make_environment() {
    local python
    if [ -x .venv/bin/python ] && .venv/bin/python -m pip --version >/dev/null 2>&1; then
        return
    fi
    python=$(find_python)
    rm -rf .venv
    if ! "$python" -c 'import ensurepip, venv' 2>/dev/null && ! "$python" -m pip --version >/dev/null 2>&1; then
        if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
            say "Python ne peut pas créer d’environnement. Un administrateur doit d’abord installer :"
            say "    apt-get install --no-install-recommends python3-venv python3-pip"
            exit 1
        fi
        apt_install python3-venv python3-pip
    fi
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        "$python" -m venv .venv
    else # Debian without python3-venv: pip of the system fills the environment
        "$python" -m venv --without-pip .venv
        "$python" -m pip --python .venv/bin/python install --quiet --disable-pip-version-check pip
    fi
}

install_requirements() {
    local stamp digest
    stamp=.venv/.installed-$requirements
    digest=$(cat requirements.txt "$requirements" pyproject.toml | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" != "$digest" ] || return 0
    say "Installation des bibliothèques Python ($requirements)…"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r "$requirements"
    printf '%s' "$digest" >"$stamp"
}

# shellcheck disable=SC2086
wish $libraries $tools
make_environment
install_requirements
