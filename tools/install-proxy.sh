#!/usr/bin/env bash
# Installs HAProxy where it is missing and Debian's packages can be used. Without it the test of docker/haproxy is skipped, and says so.
set -euo pipefail

if command -v haproxy >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    exit 0
fi

as_root=()
if [ "$(id -u)" -ne 0 ]; then
    as_root=(sudo -n)
fi

if "${as_root[@]}" true 2>/dev/null; then
    echo "Installing haproxy …"
    "${as_root[@]}" apt-get update -qq &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends haproxy >/dev/null ||
        echo "haproxy cannot be installed from here" >&2
fi
