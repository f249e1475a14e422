"""`operator_create MAIL`: the account of somebody who runs the installation."""

import getpass
import sys
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from tandemwerk.audit.services import audit_record
from tandemwerk.people.models import User


class Command(BaseCommand):
    help = "Makes the account of an operator; asks for the password (or reads it from a pipe)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")

    def handle(self, *, email: str, **options: Any) -> None:
        email = email.strip().lower()
        password = (
            getpass.getpass("Password: ")
            if sys.stdin.isatty()
            else sys.stdin.readline().rstrip("\n")
        )
        try:
            validate_email(email)
            validate_password(password)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if User.objects.filter(email=email).exists():
            raise CommandError(f"{email} has an account already.")
        with transaction.atomic():
            user = User.objects.create_superuser(email, password)
            EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
            audit_record(action="operator.create", about=user, now=timezone.now())
        self.stdout.write(f"{email} may now log in and set up the second factor.")
