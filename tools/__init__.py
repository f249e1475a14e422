"""Our own checks and the bootstrap of running and testing. Not part of the installed package."""
