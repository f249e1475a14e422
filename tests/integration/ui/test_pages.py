import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse

from tandemwerk.ui import toasts, views
from tandemwerk.ui.middleware import HtmxToasts
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def test_styleguide_exists_only_in_the_demo(client, settings):
    settings.DEMO = settings.DEBUG = False
    for name in ("ui:styleguide", "ui:board"):
        assert client.get(reverse(name)).status_code == 404
    settings.DEMO = True
    for name in ("ui:styleguide", "ui:board"):
        assert client.get(reverse(name)).status_code == 200


def test_appearance_of_a_guest_is_a_cookie(client):
    answer = client.post(reverse("ui:appearance"), {"theme": "dark", "next": "/offline"})
    assert answer.headers["Location"] == "/offline"
    assert 'data-theme="dark"' in client.get("/offline").content.decode()
    client.post(reverse("ui:appearance"), {"language": "en"})
    assert 'lang="en"' in client.get("/offline").content.decode()


def test_appearance_of_a_person_is_kept_in_the_account(client):
    user = UserFactory()
    client.force_login(user)
    client.post(reverse("ui:appearance"), {"theme": "light"})
    client.post(reverse("ui:appearance"), {"language": "en"})
    user.refresh_from_db()
    assert (user.theme, user.locale) == ("light", "en")


@pytest.mark.parametrize(
    "data",
    [
        {"theme": "pink"},
        {"language": "xx"},
        {"next": "https://evil.example/"},
        {"next": "//evil.example/"},
    ],
)
def test_nonsense_and_foreign_addresses_lead_to_the_start(client, data):
    answer = client.post(reverse("ui:appearance"), data)
    assert answer.headers["Location"] == "/"
    assert not answer.cookies


@pytest.mark.parametrize(
    ("view", "status"),
    [(views.bad_request, 400), (views.forbidden, 403), (views.csrf_failure, 403),
     (views.not_found, 404)],
)  # fmt: skip
def test_error_pages_explain_and_offer_a_way_on(rf, view, status):
    answer = view(rf.get("/"))
    assert answer.status_code == status
    assert 'class="btn primary"' in answer.content.decode()


def test_the_last_error_page_needs_nothing_but_files():
    page = render_to_string("500.html")
    assert "schiefgegangen" in page
    assert "Something went wrong" in page


def _through(rf, path_headers, view):
    request = rf.get("/", headers=path_headers)
    chain = SessionMiddleware(MessageMiddleware(HtmxToasts(view)))
    return chain(request)


def _says(request):
    toasts.undo(request, "Aufgabe gelöscht.", "/zurueck")
    messages.error(request, "<b>roh</b>")
    return HttpResponse("<p>Stück</p>")


def test_messages_ride_along_with_fragments(rf):
    body = _through(rf, {"HX-Request": "true"}, _says).content.decode()
    assert body.startswith("<p>Stück</p>")
    assert 'hx-swap-oob="beforeend:#toasts"' in body
    assert 'action="/zurueck"' in body
    assert "&lt;b&gt;roh" in body


def test_full_pages_and_redirects_keep_their_messages(rf):
    assert "toasts" not in _through(rf, {}, _says).content.decode()

    def leads_on(request):
        messages.info(request, "später")
        return HttpResponse(status=204, headers={"HX-Redirect": "/"})

    assert _through(rf, {"HX-Request": "true"}, leads_on).content == b""


def test_mails_wrap_their_text_and_escape_it():
    html = render_to_string(
        "mail/base.html",
        {"subject": "S", "text": "Hallo <Lena>,\n\nhttps://a.example/x", "base_url": ""},
    )
    assert "&lt;Lena&gt;" in html
    assert 'href="https://a.example/x"' in html
