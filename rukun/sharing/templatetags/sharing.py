"""A text as WhatsApp shows it: {{ text|chat }}."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def chat(text: str) -> SafeString:
    """*bold* and _slanted_, lines as they stand."""
    shown = str(escape(text))
    shown = re.sub(r"(?<![\w*])\*(\S(?:[^*\n]*\S)?)\*(?![\w*])", r"<strong>\1</strong>", shown)
    shown = re.sub(r"(?<![\w_])_(\S(?:[^_\n]*\S)?)_(?![\w_])", r"<em>\1</em>", shown)
    return mark_safe(shown.replace("\n", "<br>"))
