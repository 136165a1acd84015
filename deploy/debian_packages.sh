# shellcheck shell=sh
# Debian packages of the box and how they are installed; read by setup.sh.

# name, then why it is needed: said to the person before anything is installed
packages_for_python() {
    interpreter=$(find_python || true)
    if [ -z "$interpreter" ]; then
        echo 'python3 the box is written in Python 3.11'
        echo 'python3-venv keeps the Python packages of the box apart'
        echo 'python3-dev headers to build pyscard'
        return
    fi
    version=$("$interpreter" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$interpreter" -c 'import ensurepip, venv' 2>/dev/null ||
        echo "python$version-venv keeps the Python packages of the box apart"
    "$interpreter" -c 'import os, sysconfig; os.stat(sysconfig.get_path("include") + "/Python.h")' 2>/dev/null ||
        echo "python$version-dev headers to build pyscard"
}

packages_for_every_use() {
    packages_for_python
    cat <<LIST
make runs the targets of the Makefile
gcc builds pyscard, which has no ready-made package for Linux
libc6-dev headers to build pyscard
libpcsclite-dev headers to build pyscard
libgl1 drawing library that OpenCV loads
libglib2.0-0 library that OpenCV loads
pcscd speaks to card readers
libccid driver of USB card readers
fonts-noto-cjk rare letters of names on paper, and all of them on a screen of the box
LIST
}

packages_for_tests() {
    cat <<LIST
vsmartcard-vpcd emulated card reader; listens on the network while pcscd runs, so for test machines only
opensc independent check of the emulated cards
openssl makes the certificates of the emulated cards
chromium-headless-shell draws the pages that are tested: Chromium without a window of its own, in half the time
poppler-utils reads the printed pages
strace kills the box at chosen system calls
faketime lets the clock jump
iproute2 cuts the network
procps watches processes
LIST
}

missing_among() {
    while read -r package reason; do
        state=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
        [ "$state" = installed ] || echo "$package $reason"
    done
}

install_missing() {
    missing=$(missing_among)
    [ -n "$missing" ] || return 0
    echo '次の Debian パッケージを入れます / These Debian packages will be installed:'
    echo "$missing" | sed -E 's/^([^ ]+) (.*)/  \1: \2/'
    names=$(echo "$missing" | cut -d ' ' -f 1)
    as_root apt-get -q update || true
    # shellcheck disable=SC2086
    as_root apt-get -q install -y --no-install-recommends $names || explain_packages "$names"
}

as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive \
            http_proxy="${http_proxy:-}" https_proxy="${https_proxy:-}" no_proxy="${no_proxy:-}" "$@"
    else
        return 1
    fi
}

explain_packages() {
    names=$(echo "$1" | tr '\n' ' ')
    cat >&2 <<MESSAGE

パッケージを入れられませんでした。管理者の権限 (root または sudo) とネットワークを確かめてください。
管理者が次の命令を実行したあと、同じ make をもう一度実行すれば続きから進みます。
The packages could not be installed: this needs root or sudo, and the network.
Have an administrator run the following, then run the same make again; it goes on from there.

    apt-get update && apt-get install -y --no-install-recommends $names

MESSAGE
    exit 1
}
