"""ASGI entry point: `uvicorn tandemwerk.config.asgi:application`."""

import os

from django.core.asgi import get_asgi_application

from tandemwerk.core.limits import BodyLimit

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tandemwerk.config.settings")
application = BodyLimit(get_asgi_application())
