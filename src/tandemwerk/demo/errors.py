"""Why the demo is not loaded."""

from django.utils.translation import gettext_lazy as _

from tandemwerk.core.errors import DomainError


class DemoRefused(DomainError):
    code = "demo_refused"
    message = _(
        "The demo is for this machine only. Start it with “tandemwerk serve --demo”, or set "
        "TANDEMWERK_DEMO=true with a loopback address."
    )


class DemoNotAlone(DomainError):
    code = "demo_not_alone"
    message = _(
        "There are people in this installation already, so the demo is not loaded. Choose another "
        "data folder with TANDEMWERK_DATA."
    )


class SampleExists(DomainError):
    code = "sample_exists"
    message = _("%(file)s is there already. Choose another folder, or remove it first.")
