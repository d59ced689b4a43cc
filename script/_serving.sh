# A portal of its own with the fixtures, for scripts that look at its pages; read after _common.sh.
# shellcheck shell=sh

# Serves on 127.0.0.1:$port until the script ends; $folder is a place for what the script makes.
serve_fixtures() {
    port=${PORT:-$1}
    folder=$(mktemp -d /tmp/portal-serving.XXXXXX)
    server=
    trap stop_serving EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # The portal's own variables, and no others that a developer has set.
    unset DEBUG HOST PORTAL_PRODUCTION PORTAL_TRUST_PROXY PORTAL_LOGIN_REQUIRED PORTAL_LICENCE ALLOWED_HOSTS
    export DATABASE_URL="sqlite:///$folder/portal.sqlite3" STATIC_ROOT="$folder/static" PORT="$port"
    say "Serving the fixtures"
    .venv/bin/python manage.py prepare >/dev/null
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
    .venv/bin/python -m gunicorn -c portal/gunicorn.conf.py portal.wsgi &
    server=$!
    wait_for_portal
}

stop_serving() {
    if [ -n "$server" ]; then kill "$server" 2>/dev/null && wait "$server" || true; fi
    rm -rf "$folder"
}

wait_for_portal() {
    for _ in $(seq 300); do
        kill -0 "$server" 2>/dev/null || fail "the portal ended; see above"
        if .venv/bin/python -c "import urllib.request as r; r.urlopen('http://127.0.0.1:$port/readyz')" 2>/dev/null; then return; fi
        sleep 0.2
    done
    fail "the portal does not answer on port $port"
}
