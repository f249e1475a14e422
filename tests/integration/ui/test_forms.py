from django import forms

from tandemwerk.ui.styleguide.components import SampleForm
from tandemwerk.ui.widgets import WEEK_CHOICES, WeekGrid


class Small(forms.Form):
    name = forms.CharField(label="Name", help_text="Wie andere ihn lesen.")
    note = forms.CharField(label="Notiz", required=False)
    agree = forms.BooleanField(label="Einverstanden")
    kind = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


def test_optional_fields_are_marked_and_required_ones_are_not():
    html = str(Small())
    assert html.count("(freiwillig)") == 1
    assert 'aria-describedby="id_name_helptext"' in html


def test_errors_stand_at_the_field_and_in_the_summary_with_the_same_words():
    html = str(Small({}))
    assert html.count("Bitte fülle dieses Feld aus.") == 2 * 3
    for target in ("#id_name", "#id_agree", "#id_kind_0"):
        assert f'href="{target}"' in html
        assert f'id="{target[1:]}"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html


def test_a_form_at_rest_has_no_summary():
    assert "error-summary" not in str(Small())


def test_content_is_escaped():
    html = str(Small({"name": '"><script>', "note": "<b>"}))
    assert "<script>" not in html
    assert "<b>" not in html


def test_week_has_28_boxes_and_keeps_what_was_chosen():
    class Week(forms.Form):
        week = forms.MultipleChoiceField(choices=WEEK_CHOICES, widget=WeekGrid)

    form = Week({"week": ["0", "27"]})
    assert form.is_valid()
    assert str(form).count('type="checkbox"') == 28
    assert str(form).count(" checked") == 2
    assert "Montag, Früh" in str(form)
    assert not Week({"week": ["28"]}).is_valid()


def test_every_kind_of_field_renders_at_rest_and_wrong():
    assert "error-summary" not in str(SampleForm())
    wrong = str(SampleForm({}))
    assert wrong.count('class="field-error"') == 6
