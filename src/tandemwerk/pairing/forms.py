"""What a coordinator sends from the board."""

from django import forms

from tandemwerk.pairing.enums import MoveKind


class VersionForm(forms.Form):
    """The board a coordinator saw."""

    version = forms.IntegerField(min_value=0)


class StepForm(VersionForm):
    """One step back or forward; `pair` is the one whose details stay open."""

    pair = forms.IntegerField(min_value=1, required=False)


class ActForm(VersionForm):
    """Keep a pair, let it go, or allow one again that was ruled out."""

    pair = forms.IntegerField(min_value=1)
    act = forms.ChoiceField(
        choices=[(kind, kind) for kind in (MoveKind.LOCK, MoveKind.UNLOCK, MoveKind.ALLOW)]
    )
    mentor = forms.IntegerField(min_value=1, required=False)


class MoveForm(VersionForm):
    """Bring a mentee somewhere else; `to` as on the board."""

    mentee = forms.IntegerField(min_value=1)
    to = forms.RegexField(r"^(?:pair:\d{1,18}|seat:\d{1,18}|none|forbid)$", max_length=24)
