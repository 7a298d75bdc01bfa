"""The catalogue of published information (条例 12): where each thing is, not the thing itself."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from gongkai.web.agencies.models import Agency

INDEX_LENGTH = 60
TITLE_LENGTH = 300
NUMBER_LENGTH = 80
SUMMARY_LENGTH = 1000
URL_LENGTH = 500
PLACE_LENGTH = 200


class Item(models.Model):
    """One published thing: index number, name, summary and day of making are what 条例 12 asks for.

    ``url`` is where it stands on the agency's own site, ``place`` where it can be read otherwise (条例 25);
    there is at least one. ``index_key`` and ``number_key`` are the two numbers as they are looked for
    (``common.wording``). A withdrawn item stays, with day and reason; the public no longer sees it.
    """

    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+", verbose_name="机关")
    index_number = models.CharField("索引号", max_length=INDEX_LENGTH)
    index_key = models.CharField(max_length=INDEX_LENGTH, editable=False)
    title = models.CharField("名称", max_length=TITLE_LENGTH)
    number = models.CharField("文号", max_length=NUMBER_LENGTH, blank=True)
    number_key = models.CharField(max_length=NUMBER_LENGTH, blank=True, editable=False)
    summary = models.TextField("内容概述", blank=True)
    made_on = models.DateField("生成日期")
    published_on = models.DateField("发布日期", null=True)
    url = models.CharField("网址", max_length=URL_LENGTH, blank=True)
    place = models.CharField("查阅方式", max_length=PLACE_LENGTH, blank=True)
    withdrawn_on = models.DateField("撤下日期", null=True)
    withdrawn_because = models.CharField("撤下理由", max_length=500, blank=True)
    revision = models.PositiveIntegerField("修改次数", default=0)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    class Meta:
        verbose_name = "公开目录条目"
        verbose_name_plural = "公开目录"
        default_permissions = ()
        ordering: ClassVar = ["-made_on", "-id"]
        indexes: ClassVar = [
            models.Index(fields=("agency", "number_key"), name="item_number"),
            models.Index(fields=("agency", "-made_on", "-id"), name="item_newest"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("agency", "index_key"), name="item_one_index_number"),
            models.CheckConstraint(
                condition=Q(published_on=None) | Q(published_on__gte=models.F("made_on")),
                name="item_published_after_it_was_made",
            ),
            models.CheckConstraint(condition=~Q(url="") | ~Q(place=""), name="item_is_somewhere"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="http://") | Q(url__startswith="https://"),
                name="item_address_of_the_web",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.index_number} {self.title}"


class ItemWord(models.Model):
    """A word of an item's title or summary (``common.wording``): how items are found, in either database.

    Kept by ``finding.index`` with every change of an item; items that are withdrawn have none.
    """

    item = models.ForeignKey(Item, models.CASCADE, related_name="words")
    agency_id = models.BigIntegerField()
    word = models.CharField(max_length=40)

    class Meta:
        verbose_name = "目录检索词"
        verbose_name_plural = "目录检索词"
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("agency_id", "word", "item"), name="item_word_once"),
        ]

    def __str__(self) -> str:
        return f"{self.word} {self.item_id}"
