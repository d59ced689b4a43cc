"""All addresses: health, staff, accounts and API here, the pages in `cooperation.urls`."""

from django.contrib import admin
from django.contrib.auth import views as accounts
from django.urls import include, path, re_path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from cooperation.api.views import UnknownAddressView
from portal import health

account_patterns = [
    path("login/", accounts.LoginView.as_view(), name="login"),
    path("logout/", accounts.LogoutView.as_view(), name="logout"),
    path("password-change/", accounts.PasswordChangeView.as_view(), name="password_change"),
    path("password-change/done/", accounts.PasswordChangeDoneView.as_view(), name="password_change_done"),
]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("accounts/", include(account_patterns)),
    path("api/v1/", include("cooperation.api.urls")),
    path("api/schema/", SpectacularAPIView.as_view(), name="schema"),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(), name="api-docs"),
    re_path("^api/", UnknownAddressView.as_view()),
    path("", include("cooperation.urls")),
]
