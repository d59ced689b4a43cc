"""The admin alone."""

from django.contrib import admin
from django.http import HttpResponseForbidden
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]


def handler403(request, exception):
    return HttpResponseForbidden()
