"""All addresses: health, staff, accounts and API here, the pages in `cooperation.urls`.

Pages and accounts come in three languages: English without a prefix, `/fr/…` and `/uk/…`.
"""

from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.auth import views as accounts
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path, re_path
from django.views.i18n import set_language
from drf_spectacular.views import SpectacularSwaggerSplitView

from cooperation.api.views import SchemaView, UnknownAddressView
from cooperation.sitemaps import SITEMAPS, robots
from portal import health

account_patterns = [
    path("login/", accounts.LoginView.as_view(), name="login"),
    path("logout/", accounts.LogoutView.as_view(), name="logout"),
    path("password-change/", accounts.PasswordChangeView.as_view(), name="password_change"),
    path("password-change/done/", accounts.PasswordChangeDoneView.as_view(), name="password_change_done"),
]

handler400 = "portal.failures.bad_request"
handler500 = "portal.failures.server_error"

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemaps.index, {"sitemaps": SITEMAPS, "sitemap_url_name": "sitemap"}, name="sitemap-index"),
    path("sitemap-<section>.xml", sitemaps.sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("admin/", admin.site.urls),
    path("admin-language/", set_language, name="set_language"),
    path("api/v1/", include("cooperation.api.urls")),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="api-docs"),
    re_path("^api/", UnknownAddressView.as_view()),
    *i18n_patterns(
        path("accounts/", include(account_patterns)),
        path("", include("cooperation.urls")),
        prefix_default_language=False,
    ),
]
