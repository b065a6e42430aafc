"""The site's name for Django: it owns base templates, static files and translations."""

from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "chuangtu.site"
    label = "chuangtu_site"
    verbose_name = "站点"
