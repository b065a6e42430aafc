"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from chuangtu.apps.desk.views import accounts, duplicates, imports, places, records, reports, work

app_name = "desk"
urlpatterns = [
    path("", work.home, name="home"),
    path("accounts/", accounts.listed, name="accounts"),
    path("accounts/new", accounts.new, name="account-new"),
    path("accounts/<int:number>/", accounts.show, name="account"),
    path("accounts/<int:number>/role", accounts.change_role, name="account-role"),
    path("accounts/<int:number>/deactivate", accounts.deactivate, name="account-deactivate"),
    path("accounts/<int:number>/activate", accounts.activate, name="account-activate"),
    path("accounts/<int:number>/password", accounts.set_password, name="account-password"),
    path("imports/", imports.listed, name="imports"),
    path("imports/new", imports.new, name="import-new"),
    path("imports/template/<slug:kind>.xlsx", imports.template, name="import-template"),
    path("imports/<int:number>/", imports.show, name="import"),
    path("imports/<int:number>/progress", imports.progress, name="import-progress"),
    path("imports/<int:number>/shown", imports.shown, name="import-shown"),
    path("imports/<int:number>/columns", imports.choose, name="import-columns"),
    path("imports/<int:number>/crs", imports.set_crs, name="import-crs"),
    path("imports/<int:number>/decide", imports.decide, name="import-decide"),
    path("imports/<int:number>/marked", imports.marked, name="import-marked"),
    path("imports/<int:number>/original", imports.original, name="import-original"),
    path("imports/<int:number>/<slug:wish>", imports.ask, name="import-ask"),
    path("duplicates/", duplicates.listed, name="duplicates"),
    path("duplicates/<int:number>/", duplicates.show, name="duplicate"),
    path("duplicates/<int:number>/decide", duplicates.decide, name="duplicate-decide"),
    path("places/", places.listed, name="places"),
    path("places/take", places.take, name="places-take"),
    path("places/<int:number>/", places.show, name="place"),
    path("places/<int:number>/put", places.put, name="place-put"),
    path("reports/", reports.listed, name="reports"),
    path("reports/<int:number>/", reports.show, name="report"),
    path("reports/<int:number>/answer", reports.answer, name="report-answer"),
    path("records/new", records.new, name="record-new"),
    path("records/<int:number>/edit", records.edit, name="record-edit"),
    path("records/<int:number>/remove", records.remove, name="record-remove"),
]
