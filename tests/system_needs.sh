#!/usr/bin/env bash
# Installs what the tests need beside Python: a browser, a Chinese font, PostgreSQL's server programs.
# As root by apt; otherwise it says what to install. Its argument is the Python of the environment.
set -euo pipefail
python=$1
. /etc/os-release

own_browser() {
    "$python" - <<'PYTHON'
import sys
from pathlib import Path
from playwright.sync_api import sync_playwright

with sync_playwright() as playwright:
    sys.exit(not Path(playwright.chromium.executable_path).exists())
PYTHON
}

missing=()
browser=""
if [ ! -x /usr/bin/chromium ] && ! own_browser; then
    # Ubuntu's chromium is a snap, which neither runs in a container nor takes Playwright's orders.
    if [ "${ID:-}" = ubuntu ]; then browser=playwright; else missing+=(chromium); fi
fi
[ -n "$(fc-list :lang=zh-cn 2>/dev/null | head -1)" ] || missing+=(fontconfig fonts-noto-cjk)
if ! compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null && ! command -v initdb >/dev/null; then
    missing+=(postgresql)
fi
[ ${#missing[@]} -gt 0 ] || [ -n "$browser" ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need programs that are not installed. Please install them:"
    [ ${#missing[@]} -eq 0 ] || echo "  sudo apt install ${missing[*]}"
    [ -z "$browser" ] || echo "  sudo $(realpath -s "$python") -m playwright install-deps chromium && $python -m playwright install chromium"
    exit 1
fi

export DEBIAN_FRONTEND=noninteractive
if [ ${#missing[@]} -gt 0 ]; then
    echo "Installing ${missing[*]} ..."
    apt-get update -qq </dev/null
    apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null >/dev/null
fi
if [ -n "$browser" ]; then
    "$python" -m playwright install --with-deps chromium </dev/null
fi
