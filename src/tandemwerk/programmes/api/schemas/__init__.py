"""Shapes that the API of programmes takes and gives."""
