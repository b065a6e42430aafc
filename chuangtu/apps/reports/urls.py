"""Addresses of reports."""

from __future__ import annotations

from django.urls import path

from chuangtu.apps.reports import views

app_name = "reports"
urlpatterns = [
    path("about/<int:number>", views.new, name="new"),
    path("<slug:token>", views.receipt, name="receipt"),
]
