"""Texts of allauth that people still read: listed so that our own translation wins over allauth's.

The app stands before allauth in INSTALLED_APPS; German then says "du" and names things as we do.
"""

from django.utils.translation import gettext_noop as _

BORROWED = (
    _("Use your password"),
    _("Use authenticator app or code"),
    _("Use a security key"),
    _("You must type the same password each time."),
    _("Master key"),
    _("Backup key"),
    _("Key nr. {number}"),
)
