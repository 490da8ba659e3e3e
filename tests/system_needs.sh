#!/usr/bin/env bash
# Installs what the tests need of the system: Python's venv, a browser, a Chinese font, PostgreSQL's server programs.
# As root by apt; otherwise it says what to install and ends with 1.
#
#   tests/system_needs.sh PYTHON            before the environment is made; PYTHON makes it
#   tests/system_needs.sh browser PYTHON    after it: the browser where the system has none to give (Ubuntu's is a snap)
set -euo pipefail
. /etc/os-release

has_browser() {
    [ -x /usr/bin/chromium ] || compgen -G "${PLAYWRIGHT_BROWSERS_PATH:-${HOME:-/root}/.cache/ms-playwright}/chromium-*" >/dev/null
}

may_install() {
    [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null
}

if [ "$1" = browser ]; then
    has_browser && exit 0
    if may_install; then
        exec "$2" -m playwright install --with-deps chromium </dev/null
    fi
    echo "The tests need a browser. Please install it:"
    echo "  sudo $(realpath -s "$2") -m playwright install-deps chromium && $2 -m playwright install chromium"
    exit 1
fi

missing=()
"$1" -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
if ! has_browser && [ "${ID:-}" != ubuntu ]; then missing+=(chromium); fi
# For the Node.js that playwright brings.
[ -n "$(PATH="$PATH:/sbin" ldconfig -p 2>/dev/null | grep libatomic.so.1)" ] || missing+=(libatomic1)
[ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ] || missing+=(fontconfig fonts-noto-cjk)
if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null && ! command -v initdb >/dev/null; then
    missing+=(postgresql)
fi
[ ${#missing[@]} -gt 0 ] || exit 0

if ! may_install; then
    echo "The tests need programs that are not installed. Please install them:"
    echo "  sudo apt install ${missing[*]}"
    exit 1
fi
echo "Installing ${missing[*]} ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq </dev/null
apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
