"""The styleguide: every component with sample content, for developers and the demo."""
