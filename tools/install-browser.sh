#!/usr/bin/env bash
# Installs Chromium, its driver and a Japanese font where they are missing and Debian's packages can be used.
set -euo pipefail

packages=(chromium chromium-driver fonts-noto-cjk)

has_browser() {
    { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1 &&
        command -v chromedriver >/dev/null 2>&1
}

# Without one, pages and pictures are full of boxes.
has_font() {
    command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=ja)" ]
}

if has_browser && has_font; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi

if command -v apt-get >/dev/null 2>&1 && "${as_root[@]}" true 2>/dev/null; then
    echo "Installing ${packages[*]} …"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
    if has_browser && has_font; then
        exit 0
    fi
fi

cat >&2 <<'MESSAGE'
A browser is needed and cannot be installed from here. Please install
  - Chromium or Google Chrome,
  - the chromedriver of the same version, on the PATH,
  - a Japanese font, e.g. Noto Sans CJK.
On Debian, as root: apt-get install chromium chromium-driver fonts-noto-cjk
MESSAGE
exit 1
