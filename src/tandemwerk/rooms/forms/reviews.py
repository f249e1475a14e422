"""A form with one field for each question of a look back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tandemwerk.rooms.selectors.reviews import ReviewRead
from tandemwerk.rooms.services.reviews import LONGEST_ANSWER


class ReviewForm(forms.Form):
    """The reader's own answers; none is needed until they are finished."""

    def __init__(self, data: Any = None, *, review: ReviewRead) -> None:
        super().__init__(data)
        for number, (question, answer) in enumerate(review.asked):
            self.fields[f"answer_{number}"] = forms.CharField(
                label=question,
                initial=answer,
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def clean(self) -> dict[str, Any]:
        """Finishing with nothing said helps nobody."""
        data = super().clean() or {}
        if "finish" in self.data and not any(data.values()) and not self.errors:
            self.add_error("answer_0", _("Answer at least one question first."))
        return data

    def act(self) -> dict[str, Any]:
        """Arguments for the services."""
        answers = [self.cleaned_data[name] for name in self.fields]
        return {"answers": answers, "is_finished": "finish" in self.data}
