"""Addresses of the home page and the pages about the platform."""

from __future__ import annotations

from django.urls import path

from chuangtu.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
]
