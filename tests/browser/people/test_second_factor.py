"""The second factor as people meet it: an app, and a passkey on a virtual device."""

import pytest
from playwright.sync_api import Page, expect

from tests.integration.people.helpers import PASSWORD, code_now, make_member

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def member():
    return make_member(locale="de", given_name="Lena")


@pytest.fixture(scope="session")
def base_url(live_server) -> str:
    """Passkeys belong to a name, not to an address in digits."""
    return live_server.url.replace("127.0.0.1", "localhost")


def log_in(page: Page, member, after: str = "/accounts/2fa/") -> None:
    page.goto(f"/accounts/login/?next={after}")
    page.get_by_label("Mailadresse").fill(member.email)
    page.get_by_label("Passwort", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Anmelden", exact=True).click()


def log_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Abmelden").click()
    page.wait_for_url(lambda url: "logout" not in url)


def test_the_code_is_dark_on_white_in_the_dark_scheme_too(page: Page, member):
    page.emulate_media(color_scheme="dark")
    log_in(page, member, after="/accounts/2fa/totp/activate/")
    expect(page.locator(".qr")).to_have_css("background-color", "rgb(255, 255, 255)")


def test_set_up_an_app_and_log_in_with_its_code(page: Page, member):
    log_in(page, member)
    page.get_by_role("link", name="App einrichten").click()
    expect(page.get_by_role("img", name="QR-Code")).to_be_visible()
    page.get_by_text("Die Kamera erkennt es nicht?").click()
    secret = page.locator("#authenticator_secret").inner_text()
    page.get_by_label("Sechs Ziffern").fill(code_now(secret))
    page.get_by_role("button", name="Fertig").click()
    expect(page.get_by_text("10 von 10 Codes")).to_be_visible()
    recovery = page.locator("#recovery_codes").inner_text().split()[0]

    log_out(page)
    log_in(page, member)
    expect(page.get_by_role("heading", name="Noch ein Schritt")).to_be_visible()
    page.get_by_label("Code aus der App").fill("000000")
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_role("alert")).to_contain_text("Code stimmt nicht")
    page.get_by_label("Code aus der App").fill(recovery)
    page.get_by_role("button", name="Anmelden").click()
    expect(page.get_by_text("9 von 10 Codes")).to_be_visible()


@pytest.fixture
def key_holder(page: Page) -> str:
    """A device with a fingerprint reader that always says yes; returns its id."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    answer = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return str(answer["authenticatorId"])


def test_a_passkey_alone_logs_in(page: Page, member, key_holder):
    log_in(page, member)
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_label("Name, damit du ihn").fill("Mein Telefon")
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_text("10 von 10 Codes")).to_be_visible()
    page.goto("/accounts/2fa/webauthn/")
    expect(page.get_by_text("Mein Telefon").first).to_be_visible()

    log_out(page)
    page.goto("/accounts/login/?next=/profile/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page.get_by_role("heading", name="Mein Profil")).to_be_visible()


def test_a_passkey_serves_beside_the_password_too(page: Page, member, key_holder):
    log_in(page, member)
    page.get_by_role("link", name="Passkey hinzufügen").click()
    page.get_by_role("button", name="Passkey hinzufügen").click()
    expect(page.get_by_text("10 von 10 Codes")).to_be_visible()
    log_out(page)
    log_in(page, member, after="/profile/")
    page.get_by_role("button", name="Passkey oder Sicherheitsschlüssel verwenden").click()
    expect(page.get_by_role("heading", name="Mein Profil")).to_be_visible()


def test_without_a_passkey_the_page_says_so(page: Page, member, key_holder):
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Mit Passkey anmelden").click()
    expect(page.get_by_text("Das hat nicht geklappt")).to_be_visible()
