"""Tags and filters for words, figures and built assets; loaded in every template."""

from __future__ import annotations

from django import template

register = template.Library()
