"""Measurements beside naive code, in one run on one machine: `make bench`."""
