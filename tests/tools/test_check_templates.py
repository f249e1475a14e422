import pytest

from tools.check_templates import template_problems


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<p style="color: red">{% translate "Hi" %}</p>', "style="),
        ('<p onclick="go()"></p>', "onclick="),
        ("<script>alert(1)</script>", "inline script"),
        ("<style>p { color: red }</style>", "inline style"),
        ('<a href="javascript:go()"></a>', "javascript:"),
        ("<p>Guten Tag</p>", "“Guten Tag” is not translated"),
        ('<img src="x" alt="Ein Bild">', "alt=“Ein Bild”"),
        ('<input type="submit" value="Senden">', "value=“Senden”"),
        ('<form method="post"><button>{{ x }}</button></form>', "no {% csrf_token %}"),
        ('<FORM METHOD="POST"></FORM>', "no {% csrf_token %}"),
        ("{% block page_class %}a{% endblock %}<p>Schon gut</p>", "“Schon gut”"),
        ("{% if x %}<b>Ja doch</b>{% endif %}", "“Ja doch”"),
    ],
)
def test_planted_faults_are_found(source, expected):
    problems = template_problems("page.html", source)

    assert len(problems) == 1
    assert expected in problems[0]


@pytest.mark.parametrize(
    "source",
    [
        '<p class="lead">{% translate "Good day" %} {{ name }} · 12 × 3</p>',
        "{% blocktranslate trimmed with n=1 %}Good day {{ n }}{% endblocktranslate %}",
        '<form method="post" action="{% url "x" %}">{% csrf_token %}</form>',
        '<form method="get"><input name="q"></form>',
        '<script src="{% static "dist/app.js" %}" defer></script>',
        '<script type="application/json">{"a": "Wort"}</script>',
        "{# untranslated: shows raw component names #}<p>Guten Tag</p>",
        "{% comment %}Nur für uns{% endcomment %}<code>tandemwerk serve</code>",
        "<p>Tandemwerk &middot; &nbsp; Deutsch</p>",
        '<img src="x" alt="{% translate "A picture" %}">',
        "{% block page_class %}narrow{% endblock %}",
        '<{% if url %}a href="{{ url }}"{% else %}button{% endif %} class="go big">{{ x }}',
        '<p {% if wide %}class="wide"{% endif %}>{{ text }}</p>',
    ],
)
def test_sound_templates_pass(source):
    assert template_problems("page.html", source) == []


def test_a_problem_names_its_line():
    source = '{% blocktranslate %}\none\n{% endblocktranslate %}\n<p\n style="x"></p>'

    assert template_problems("page.html", source)[0].startswith("page.html:4:")
