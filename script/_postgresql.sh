# A throw-away PostgreSQL for tests and benchmark, read after _common.sh.
# shellcheck shell=sh

install_postgresql() {
    if find_postgresql; then return; fi
    install_packages "PostgreSQL's programs" postgresql
    find_postgresql || fail "PostgreSQL was installed, but there is no initdb in /usr/lib/postgresql"
}

# The newest of Debian's versions, else what is on the PATH.
find_postgresql() {
    initdb=$(find /usr/lib/postgresql -name initdb 2>/dev/null | sort -V | tail -n 1)
    initdb=${initdb:-$(command -v initdb)} && bin=$(dirname "$initdb")
}

# PostgreSQL refuses to run as root.
as_postgres() {
    if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Reachable only through a socket in a folder of its owner, $cluster; nothing is kept, so nothing is synced to disk.
start_postgresql() {
    say "Starting a throw-away PostgreSQL"
    cluster=$(as_postgres mktemp -d /tmp/portal-test.XXXXXX)
    trap stop_postgresql EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    as_postgres "$bin/initdb" -D "$cluster/data" -U portal -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"/dev/null"
    as_postgres "$bin/pg_ctl" -D "$cluster/data" -l "$cluster/log" -s -w -o "-k $cluster -c listen_addresses='' \
        -c fsync=off -c full_page_writes=off -c synchronous_commit=off -c max_connections=200" start
}

stop_postgresql() {
    as_postgres "$bin/pg_ctl" -D "$cluster/data" -s -m immediate stop || true
    rm -rf "$cluster"
}
