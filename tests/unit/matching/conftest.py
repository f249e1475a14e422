"""Hypothesis without a deadline: a busy machine must not fail a law."""

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
