"""Items found by what is asked for: exact numbers first, then by words. What ``common.published`` asks us.

The database narrows an agency's items down to a few dozen by the rarest of the words asked for; these are
compared one by one (``matching``). So the answer is the same in both databases.
"""

from collections.abc import Sequence
from typing import Final

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from gongkai.web.agencies.models import Agency
from gongkai.web.common import wording
from gongkai.web.common.published import Offer, Wanted
from gongkai.web.publishing import matching, selectors
from gongkai.web.publishing.models import Item, ItemWord

SOURCE: Final = "catalogue"
#: Items compared one by one.
_COMPARED: Final = 80
#: Rows of words looked at for these; the rarest words come first, one of them is always looked at.
_ROWS: Final = 20_000
#: Of a summary so many characters are found by; the rest repeats itself.
_OF_SUMMARY: Final = 200
_WORD_LENGTH: Final = 40
_MOST_WORDS: Final = 60
_BATCH: Final = 500


def find(agency_id: int, wanted: Wanted, limit: int) -> list[Offer]:
    """The items of an agency that answer the request, best first; see ``published.Provider``."""
    agency = Agency.objects.filter(pk=agency_id).first()
    if agency is None:
        return []
    exact = _by_number(agency, wanted)
    request = matching.Request.of(wanted, names_of(agency))
    told = {item.pk for item, _, _ in exact}
    close = []
    for item in _candidates(agency, request):
        found = matching.match(request, _compared(item))
        if found is not None and item.pk not in told:
            close.append((item, found.score, found.why))
    close.sort(key=lambda row: (-row[1], -row[0].made_on.toordinal(), -row[0].pk))
    return [_offer(agency, item, score, why) for item, score, why in [*exact, *close][:limit]]


def names_of(agency: Agency) -> list[str]:
    """What an agency's own items are full of: its names, and where it is."""
    region = agency.region.name
    stem = agency.full_name.removesuffix("人民政府").removesuffix("街道办事处")
    inner = stem.rpartition(region)[2] or stem
    return [name for name in {agency.full_name, agency.short_name, stem, inner, region} if len(name) > 1]


def _by_number(agency: Agency, wanted: Wanted) -> list[tuple[Item, float, str]]:
    text = f"{wanted.subject}|{wanted.details}"
    numbers, indexes = wording.number_keys(text), wording.index_keys(text)
    public = selectors.public(agency).order_by()  # each number has an index of its own; nothing is sorted by
    items = [
        *public.filter(number_key__in=numbers)[:_COMPARED],
        *public.filter(index_key__in=indexes)[:_COMPARED],
    ]
    found = [(item, 1.0, "文号相同" if item.number_key in numbers else "索引号相同") for item in items]
    # 政〔2024〕6号 is the end of 青政〔2024〕6号, too: of two that fit the longer is meant.
    ends = {key for key in numbers for longer in numbers if longer != key and longer.endswith(key)}
    longest = {item.number_key for item, _, _ in found}
    shadowed = {key for key in ends & longest if any(one != key and one.endswith(key) for one in longest)}
    return [row for row in found if row[2] == "索引号相同" or row[0].number_key not in shadowed]


def _candidates(agency: Agency, request: matching.Request) -> Sequence[Item]:
    first = request.subject.telling or request.subject.common
    asked = [*sorted(first), *sorted(request.everything.telling - first)][:_MOST_WORDS]
    rows = ItemWord.objects.filter(agency_id=agency.pk)
    counted = rows.filter(word__in=asked).values_list("word").annotate(n=Count("*"))
    rarest: list[str] = []
    looked_at = 0
    for word, count in sorted(counted, key=lambda row: row[1]):
        if rarest and looked_at + count > _ROWS:
            break
        rarest.append(word)
        looked_at += count
    fitting = rows.filter(word__in=rarest)
    if request.years:
        of_years = rows.filter(word__in=[_year_word(year) for year in request.years])
        fitting = fitting.filter(item__in=of_years.values("item_id"))
    best = fitting.values("item_id").annotate(n=Count("*")).order_by("-n", "-item_id")
    ids = [row["item_id"] for row in best[:_COMPARED]]
    return list(selectors.public(agency).filter(pk__in=ids))


def _offer(agency: Agency, item: Item, score: float, why: str) -> Offer:
    page = reverse("portal:item", args=[agency.slug, item.pk])
    return Offer(
        source=SOURCE,
        reference=str(item.pk),
        title=item.title,
        url=page,
        address=item.url or item.place or f"{settings.WAGTAILADMIN_BASE_URL}{page}",
        why=why,
        score=score,
        number=item.number,
        index_number=item.index_number,
        summary=item.summary,
        day=item.published_on or item.made_on,
    )


def index(items: Sequence[Item]) -> None:
    """Write anew the words by which items are found; of those withdrawn there are none."""
    for start in range(0, len(items), _BATCH):
        batch = items[start : start + _BATCH]
        ItemWord.objects.filter(item__in=[item.pk for item in batch]).delete()
        ItemWord.objects.bulk_create(
            (
                ItemWord(item_id=item.pk, agency_id=item.agency_id, word=word)
                for item in batch
                if item.withdrawn_on is None
                for word in _words_of(item)
            ),
            batch_size=5000,
        )


def _words_of(item: Item) -> list[str]:
    found = wording.words(f"{item.title}|{item.summary[:_OF_SUMMARY]}")
    years = matching.years_of(_compared(item))
    words = {*found.telling, *found.common, *(_year_word(year) for year in years)}
    return sorted(word for word in words if len(word) <= _WORD_LENGTH)


def _year_word(year: int) -> str:
    """A year as a word, which no text has."""
    return f"#{year}"


def _compared(item: Item) -> matching.Published:
    return matching.Published(item.title, item.summary, item.made_on)
