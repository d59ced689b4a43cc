# What the tests in the browser need from Debian, read after _common.sh. Playwright's own download is never used.
# shellcheck shell=sh

# A browser, a font with Cyrillic letters, Java for the HTML validator, xgettext and msgfmt for the translations.
install_browser() {
    packages=$(find_missing_packages)
    if [ -z "$packages" ]; then return; fi
    # shellcheck disable=SC2086
    install_packages "The browser and its helpers" $packages
    packages=$(find_missing_packages)
    [ -z "$packages" ] || fail "still missing after the installation: $packages"
}

find_missing_packages() {
    command -v chromium >/dev/null || echo chromium
    [ -n "$(find /usr/share/fonts "$HOME/.fonts" -iname '*.ttf' -print -quit 2>/dev/null)" ] || echo fonts-dejavu-core
    command -v java >/dev/null || echo default-jre-headless
    command -v msgfmt >/dev/null && command -v xgettext >/dev/null || echo gettext
}
