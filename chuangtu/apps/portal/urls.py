"""Addresses of the home page and the pages about the platform."""

from __future__ import annotations

from django.urls import path

from chuangtu.apps.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("about", views.about, name="about"),
    path("open-data", views.open_data, name="open-data"),
    path("accessibility", views.accessibility, name="accessibility"),
]
