#!/bin/sh
# Makes a virtual environment for this checkout and installs the locked packages into it:
#
#     sh tools/setup.sh KIND DIR
#
# KIND run      what knockon needs to run                              (requirements/run.txt)
#      dev      that, and everything its developers use                (requirements/dev.txt)
#      lowest   the lowest versions pyproject.toml allows, and pytest  (requirements/lowest.txt)
#
# Does nothing when the environment is up to date. Takes uv where it is on the PATH (faster), else
# pip. PYTHON=path chooses the interpreter; otherwise the first supported one on the PATH is taken.
set -eu

fail() {
    printf 'setup: %s\n' "$1" >&2
    exit 1
}

say() {
    printf 'setup: %s\n' "$1" >&2
}

# The bounds are those of the locked numba and numpy: see pyproject.toml.
supports() {
    "$1" -c "import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, $newest))" >/dev/null 2>&1
}

find_python() {
    if [ -n "${PYTHON:-}" ]; then
        set -- "$PYTHON"
    else
        set -- python3 python3.14 python3.13 python3.12 python3.11 python
    fi
    for candidate in "$@"; do
        if supports "$candidate"; then
            python=$candidate
            return
        fi
    done
    fail "No Python from 3.11 to 3.$newest was found (tried $*); install one, or name it: make PYTHON=/path/to/python3 …"
}

# Debian and Ubuntu keep what `python3 -m venv` needs in a package of its own.
need_venv_module() {
    if "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        return
    fi
    package="python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
    if ! command -v apt-get >/dev/null 2>&1; then
        fail "This Python cannot make virtual environments (it lacks ensurepip); install its 'venv' package or name another Python: make PYTHON=/path/to/python3 …"
    elif [ "$(id -u)" -eq 0 ]; then
        as_root="env"
    elif sudo -n true 2>/dev/null; then
        as_root="sudo -n env"
    else
        fail "This Python cannot make virtual environments yet; ask the administrator to run: apt-get install $package"
    fi
    say "installing $package, which Python needs to make virtual environments"
    for attempt in 1 2 3; do
        # shellcheck disable=SC2086 # as_root is a command and its arguments
        if $as_root apt-get update -qq >/dev/null &&
            $as_root DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$package" >/dev/null; then
            return
        fi
        say "apt-get failed (attempt $attempt of 3)"
        sleep 5
    done
    fail "apt-get could not install $package; install it by hand and try again"
}

make_venv() {
    find_python
    if [ -e "$venv" ]; then
        [ -f "$venv/pyvenv.cfg" ] || fail "$venv is not a virtual environment; move it out of the way and try again"
        rm -rf "$venv"
    fi
    if [ -n "$uv" ]; then
        uv venv --quiet --python "$python" "$venv"
    else
        need_venv_module
        "$python" -m venv "$venv"
    fi
}

# An environment is kept when it was made here (its scripts name the folder) and its tools answer.
is_usable() {
    [ -x "$venv/bin/python" ] && supports "$venv/bin/python" || return 1
    [ ! -f "$stamp" ] || [ "$(sed -n 2p "$stamp")" = "$PWD" ] || return 1
    [ -n "$uv" ] || "$venv/bin/python" -m pip --version >/dev/null 2>&1
}

# Only wheels, each with a locked hash; the project itself last, as a link to the checkout, built by
# the locked backend.
install_all() {
    if [ -n "$uv" ]; then
        set -- uv pip install --quiet --python "$venv/bin/python"
    else
        set -- "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input
    fi
    "$@" --require-hashes --only-binary :all: -r "$lock"
    "$@" --no-deps --no-build-isolation --editable .
}

[ $# -eq 2 ] || fail "usage: sh tools/setup.sh run|dev|lowest DIR"
kind=$1 venv=$2 newest=14
case $kind in
run | dev) ;;
lowest) newest=12 ;; # the newest Python that the lowest numba and numpy know
*) fail "unknown kind '$kind': choose run, dev or lowest" ;;
esac

cd "$(dirname "$0")/.."
lock=requirements/$kind.txt
stamp=$venv/.knockon-setup
[ -f "$lock" ] || fail "$lock is missing; get it back with git, or write it anew with 'make lock'"
sum=$(cat pyproject.toml requirements/*.txt tools/setup.sh | cksum)

# `dev` holds all of `run`, so a developer's environment serves `make demo` too.
if [ -f "$stamp" ] && [ -x "$venv/bin/python" ] && [ "$(sed -n 2p "$stamp")" = "$PWD" ]; then
    case $(sed -n 1p "$stamp") in
    "$kind $sum") exit 0 ;;
    "dev $sum") [ "$kind" != run ] || exit 0 ;;
    esac
fi

uv=$(command -v uv || true)
is_usable || make_venv
rm -f "$stamp"
say "installing $(grep -c '==' "$lock") locked packages into $venv (a minute or two the first time)"
install_all
printf '%s %s\n%s\n' "$kind" "$sum" "$PWD" >"$stamp"
