"""Pages and fragments of pairing."""
