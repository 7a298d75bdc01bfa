"""The WSGI application of a server. Where no settings are named it starts as production, or not at all."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.web.settings.production")
application = get_wsgi_application()
