"""The app's name for Django."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "chuangtu.apps.places"
    verbose_name = "地域"
