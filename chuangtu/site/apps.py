"""The site's name for Django: it owns base templates, static files and translations."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class SiteConfig(AppConfig):
    name = "chuangtu.site"
    label = "chuangtu_site"
    verbose_name = "站点"


class TablesConfig(AdminConfig):
    default_site = "chuangtu.site.tables.Tables"
