"""Tandemwerk: the self-hosted platform for digital mentoring."""

__version__ = "0.1.0"
