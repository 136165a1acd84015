#!/bin/sh
# Makes a Debian 12 machine ready: setup.sh run (to run the box) or setup.sh test (also to test it).
set -eu
UV_VERSION=0.13.9

main() {
    cd "$(dirname "$0")/.."
    . deploy/debian_packages.sh
    case "${1:-}" in
        run) packages_for_every_use | install_missing ;;
        test) { packages_for_every_use; packages_for_tests; } | install_missing ;;
        *) echo 'usage: deploy/setup.sh run|test' >&2; exit 2 ;;
    esac
    python=$(find_python) || explain_python
    install_uv
    install_python_packages "$1"
}

find_python() {
    for candidate in python3.11 python3 python3.12 python3.13; do
        "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || continue
        "$candidate" -c 'import sys; print(sys.executable)'
        return
    done
    return 1
}

install_uv() {
    .uv/bin/uv --version 2>/dev/null | grep -q "^uv $UV_VERSION" && return
    echo "uv $UV_VERSION を .uv に入れます / Installing uv $UV_VERSION into .uv"
    "$python" -m venv --clear .uv
    .uv/bin/python -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION" || explain_download
}

install_python_packages() {
    unset VIRTUAL_ENV
    export UV_PYTHON_DOWNLOADS=never UV_PROJECT_ENVIRONMENT=.venv UV_COMPILE_BYTECODE=1
    echo 'uv.lock の Python パッケージを .venv に入れます / Installing the Python packages of uv.lock into .venv'
    .venv/bin/python -c '' 2>/dev/null || .uv/bin/uv venv --quiet --clear --python "$python" .venv
    group=--no-dev
    [ "$1" = run ] || group='--group=dev'
    # --inexact: running the box after testing it must not remove the test tools
    .uv/bin/uv sync --frozen --inexact "$group" || explain_download
    touch .venv/.ready-to-run ".venv/.ready-to-$1"
}

explain_python() {
    cat >&2 <<'MESSAGE'
Python 3.11 (3.13 まで可) が見つかりません。Debian 12 で実行するか、Python 3.11 を入れてください。
No Python 3.11 (up to 3.13) was found. Use Debian 12, or install Python 3.11.
MESSAGE
    exit 1
}

explain_download() {
    cat >&2 <<'MESSAGE'

Python パッケージを取得できませんでした。ネットワーク、プロキシ (https_proxy)、時計、証明書を確かめて、もう一度実行してください。
庁内の配布元を使うときは pip と uv の設定 (環境変数 PIP_… と UV_…) に従います。
The Python packages could not be fetched. Check network, proxy (https_proxy), clock and certificates, then try again.
A package index of your own is taken from pip's and uv's settings (environment PIP_… and UV_…).
MESSAGE
    exit 1
}

main "$@"
