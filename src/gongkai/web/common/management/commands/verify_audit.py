"""Verify the audit log."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from gongkai.web.common import audit
from gongkai.web.common.models import AuditChain


class Command(BaseCommand):
    """Exit code 0 where every chain holds, 1 where one is broken."""

    help = "核验审计日志：逐条核对摘要、衔接、链尾和封印"

    def add_arguments(self, parser: CommandParser) -> None:
        """Options."""
        parser.add_argument("--agency", type=int, help="只核验一个单位（编号；0 为全站）")
        parser.add_argument("--ends", action="store_true", help="列出各链链尾，可另行留存备查")

    def handle(self, *_: Any, agency: int | None, ends: bool, **__: Any) -> None:
        """Verify."""
        breaks = audit.verify(agency)
        for found in breaks:
            where = f"第{found.number}条" if found.number else "整链"
            self.stderr.write(f"单位 {found.agency_id} {where}：{found.reason}")
        chains = AuditChain.objects.order_by("agency_id")
        if agency is not None:
            chains = chains.filter(agency_id=agency)
        if ends:
            for chain in chains:
                self.stdout.write(f"{chain.agency_id}\t{chain.number}\t{chain.hash}")
        if breaks:
            sys.exit(1)
        self.stdout.write(f"{len(chains)} 条审计链，{sum(chain.number for chain in chains)} 条记录，全部相符")
