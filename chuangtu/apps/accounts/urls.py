"""Addresses for signing in and out."""

from __future__ import annotations

from django.urls import path

from chuangtu.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="sign-in"),
    path("demo-sign-in/", views.demo_sign_in, name="demo-sign-in"),
    path("sign-out/", views.SignOutView.as_view(), name="sign-out"),
]
