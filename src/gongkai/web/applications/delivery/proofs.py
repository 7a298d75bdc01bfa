"""What proves that a letter was delivered, by the way it went (国办公开办函〔2016〕235号: 送达凭证)."""

from collections.abc import Mapping
from typing import Final

from gongkai.web.applications.models import Delivery, Letter

#: On this site the record of the delivery itself is the proof.
OF: Final[Mapping[str, str]] = {
    Delivery.Way.HAND: "收件人签收的送达回证",
    Delivery.Way.POST: "邮政企业的收据或回执",
    Delivery.Way.EMAIL: "邮件发送成功的记录",
    Delivery.Way.FAX: "传真发送成功的报告",
}


def missing(letter: Letter) -> str:
    """What should prove a letter's delivery and is not there; empty where nothing is wanting."""
    delivery: Delivery | None = getattr(letter, "delivery", None)
    if delivery is None or delivery.proof_id is not None:
        return ""
    return OF.get(delivery.way, "")
