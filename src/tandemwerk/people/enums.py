from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Theme(TextChoices):
    SYSTEM = "system", _("As on my device")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class MeetingFormat(TextChoices):
    BOTH = "both", _("Online or on site")
    ONLINE = "online", _("Online")
    ON_SITE = "on_site", _("On site")


class TopicKind(TextChoices):
    WANTED = "wanted", _("Topic I want to work on")
    OFFERED = "offered", _("Topic I can help with")


class LanguageLevel(TextChoices):
    CONVERSATION = "conversation", _("Good enough for a conversation")
    FLUENT = "fluent", _("Fluent")


class Scope(TextChoices):
    """What a token may do on behalf of its person."""

    READ = "read", _("Read what I may read")
    WRITE = "write", _("Do what I may do")
