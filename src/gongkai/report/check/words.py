"""Words the checks of the text know: ``data/words.toml``."""

import tomllib
from importlib import resources

_DATA = tomllib.loads(
    resources.files("gongkai.report.check").joinpath("data", "words.toml").read_text("utf-8")
)


def _words(part: str, key: str) -> frozenset[str]:
    return frozenset(_DATA[part][key].split())


#: Latin words at home in a Chinese report, in lower case.
FAMILIAR = _words("latin", "familiar")
#: Units of measurement, in lower case.
UNITS = _words("latin", "units")
#: English function words, in lower case, and what the commonest of them mean.
FUNCTION_WORDS = _words("latin", "function_words")
MEANING: dict[str, str] = dict(_DATA["latin"]["meaning"])
#: Chinese surnames, and pairs of characters that begin with one and are no name.
SURNAMES = _words("names", "surnames")
NOT_NAMES = _words("names", "not_names")
