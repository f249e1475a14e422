"""What a coordinator sends from the board."""

from django import forms

from tandemwerk.pairing.enums import MoveKind, Objective


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


class StartForm(forms.Form):
    """What a run looks for; left out, what the run it continues looked for, or the best whole."""

    objective = forms.ChoiceField(choices=Objective.choices, required=False)
    floor = forms.FloatField(min_value=0, max_value=1, required=False)
    keep = forms.BooleanField(required=False)


class WhyNotForm(forms.Form):
    """A mentee's line, and either a word looked for or a mentor."""

    mentee = forms.IntegerField(min_value=1)
    mentor = forms.IntegerField(min_value=1, required=False)
    q = forms.CharField(max_length=120, required=False)
