"""Parts of addresses."""

from django.urls.converters import IntConverter


class KeyConverter(IntConverter):
    """The key of a row: a number the databases can hold (64 bits). A longer one leads nowhere."""

    regex = "[0-9]{1,18}"
