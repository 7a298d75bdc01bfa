"""Random annual reports: ``random_report`` for generators, ``reports`` as a hypothesis strategy.

The figures satisfy the identities H1-H4 unless ``identities=False``. A blank or a none-mark only ever takes
the place of a zero, as offices write them, unless the figures are free of identities anyway.
"""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from hypothesis import strategies as st

from gongkai.kernel import Period
from gongkai.report import form
from gongkai.report.model import Figure, Mark, Number, Reading, Report, Section

NONE_MARKS = ("/", "-", "—", "无", "不适用")
AGENCIES = (
    "青石镇人民政府",
    "临江区文化广电和旅游局",
    "云溪县应急管理局",
    "白鹭市人民政府",
    "青石县人力资源和社会保障局",
    "内蒙古自治区乌兰布统旗草原生态保护与林业草原综合行政执法协调办公室",
)
_SENTENCES = (
    "坚持以公开为常态、不公开为例外，主动公开工作动态类信息36条。",
    "在政府门户网站设立专栏，及时更新机构职能、办事指南、财政预决算等内容。",
    "严格执行信息发布“三审三校”制度，加强保密审查和个人信息保护。",
    "通过政务新媒体发布信息，方便群众查阅；同时在便民服务中心设置公开查阅点。",
    "组织开展业务培训，工作人员的公开意识和业务能力进一步提高。",
    "将政府信息公开工作纳入年度考核，全年未发生责任追究情形。",
    "健全依申请公开工作制度，规范登记、审核、办理、答复、归档流程。",
    "部分信息更新不够及时，解读形式较为单一，下一步将丰富图文、视频解读。",
    "A、B两类事项清单<含&符号>#不分先后*已公布*，详见“目录_2”与$附件$。",
)
_SUBHEADINGS = {
    "overview": (
        "（一）主动公开",
        "（二）依申请公开",
        "（三）政府信息管理",
        "（四）政府信息公开平台建设",
        "（五）监督保障",
    ),
    "problems": ("（一）存在的主要问题", "（二）改进情况"),
}


@dataclass(frozen=True)
class Shape:
    """How the cells are written. Shares are of the zeros (of all cells without identities)."""

    blanks: float = 0.0
    none_marks: float = 0.0
    largest: int = 300
    zeros: float = 0.7
    identities: bool = True


def random_report(
    rng: Random,
    edition: str = "2021",
    single_other: bool | None = None,
    *,
    blanks: float = 0.0,
    none_marks: float = 0.0,
    largest: int = 300,
    zeros: float = 0.7,
    identities: bool = True,
    agency: str | None = None,
    year: int | None = None,
) -> Report:
    """A random report of one edition.

    ``blanks`` and ``none_marks`` are the shares of zero cells left blank or written ``/`` and the like,
    ``largest`` the largest single count, ``zeros`` the share of zero counts before sums.
    """
    shape = Shape(blanks, none_marks, largest, zeros, identities)
    single = edition == "2019" if single_other is None else single_other
    year = year or rng.choice((2019, 2020) if edition == "2019" else (2021, 2022, 2023, 2024, 2025))
    agency = agency or rng.choice(AGENCIES)
    values = {
        **_proactive(rng, edition, shape),
        **_applications(rng, single, shape),
        **_disputes(rng, shape),
    }
    figures = {path: _figure(rng, values[path], shape) for path in form.all_paths(edition, single)}
    title = f"{agency}{year}年政府信息公开工作年度报告"
    reading = Reading(title=title, period=Period.of_year(year))
    return Report(agency, year, edition, figures, _sections(rng, agency, year), (), reading)


def _count(rng: Random, shape: Shape) -> int:
    if rng.random() < shape.zeros:
        return 0
    return rng.randint(1, rng.choice((3, 30, max(3, shape.largest))))


def _figure(rng: Random, value: Number, shape: Shape) -> Figure:
    if value == 0 or not shape.identities:
        chance = rng.random()
        if chance < shape.blanks:
            return Figure(None, "", Mark.BLANK)
        if chance < shape.blanks + shape.none_marks:
            return Figure(0, rng.choice(NONE_MARKS), Mark.NONE)
    raw = format(value, "f") if isinstance(value, Decimal) else str(value)
    return Figure(value, raw)


def _proactive(rng: Random, edition: str, shape: Shape) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for path in form.proactive_paths(edition):
        column = path.rpartition(".")[2]
        count = _count(rng, shape)
        if column in form.AMOUNT_KEYS:
            digits = rng.choice((0, 2, 4, 6))
            values[path] = Decimal(count * 10**digits + rng.randrange(10**digits)).scaleb(-digits)
        elif column in form.SIGNED_KEYS:
            values[path] = count * rng.choice((1, -1))
        else:
            values[path] = count
    if edition == "2021" and shape.identities:
        for row in ("regulations", "normative_documents"):
            values[f"proactive.{row}.in_force"] = values[f"proactive.{row}.issued"] + _count(rng, shape)
    return values


def _applications(rng: Random, single: bool, shape: Shape) -> dict[str, Number]:
    outcomes = form.outcome_keys(single)
    columns: dict[str, dict[str, int]] = {}
    for column in form.APPLICANTS:
        counts = {key: _count(rng, shape) for key in (*outcomes, "carried_out", "carried_in", "new", "total")}
        if shape.identities:
            counts["total"] = sum(counts[key] for key in outcomes)
            handled = counts["total"] + counts["carried_out"]
            counts["carried_in"] = min(handled, counts["carried_in"])
            counts["new"] = handled - counts["carried_in"]
        columns[column.key] = counts
    values: dict[str, Number] = {}
    for row in form.application_rows(single):
        for column in form.APPLICANTS:
            values[f"applications.{row.key}.{column.key}"] = columns[column.key][row.key]
        total = sum(columns[column.key][row.key] for column in form.APPLICANTS)
        values[f"applications.{row.key}.total"] = total if shape.identities else _count(rng, shape)
    return values


def _disputes(rng: Random, shape: Shape) -> dict[str, Number]:
    values: dict[str, Number] = {}
    for block in form.DISPUTE_BLOCKS:
        counts = {column.key: _count(rng, shape) for column in form.DISPUTE_COLUMNS}
        if shape.identities:
            counts["total"] = sum(counts[column.key] for column in form.DISPUTE_OUTCOMES)
        values.update({f"disputes.{block.key}.{key}": value for key, value in counts.items()})
    return values


def _paragraphs(rng: Random, subheadings: tuple[str, ...]) -> str:
    if not subheadings:
        return "\n".join("".join(rng.sample(_SENTENCES, rng.randint(1, 3))) for _ in range(rng.randint(1, 3)))
    return "\n".join(
        line
        for heading in subheadings
        for line in (heading, "".join(rng.sample(_SENTENCES, rng.randint(1, 4))))
    )


def _sections(rng: Random, agency: str, year: int) -> dict[str, Section]:
    head = (
        f"本报告根据《中华人民共和国政府信息公开条例》要求，由{agency}编制。"
        f"本报告所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。"
        f"如对本报告有疑问，请与{agency}联系（地址：青石路12号，电话：0577-60000000）。"
    )
    texts = {
        "head": head,
        "overview": _paragraphs(rng, _SUBHEADINGS["overview"]),
        "proactive": "",
        "applications": "",
        "disputes": "",
        "problems": _paragraphs(rng, _SUBHEADINGS["problems"]),
        "others": "本年度未收取政府信息公开信息处理费。",
    }
    return {key: Section(key, form.SECTIONS[key], text) for key, text in texts.items()}


@st.composite
def reports(
    draw: st.DrawFn,
    *,
    editions: tuple[str, ...] = ("2019", "2021"),
    blanks: bool = True,
    none_marks: bool = True,
    identities: bool | None = None,
) -> Report:
    """Random reports of the editions, the 2021 form also with a single 其他处理 row."""
    edition = draw(st.sampled_from(editions))
    single = True if edition == "2019" else draw(st.booleans())
    return random_report(
        Random(draw(st.integers(0, 2**32 - 1))),
        edition,
        single,
        blanks=draw(st.sampled_from((0.0, 0.1, 0.5, 0.9))) if blanks else 0.0,
        none_marks=draw(st.sampled_from((0.0, 0.1))) if none_marks else 0.0,
        largest=draw(st.sampled_from((3, 300, 1_234_567))),
        zeros=draw(st.sampled_from((0.1, 0.7, 0.95))),
        identities=draw(st.booleans()) if identities is None else identities,
    )
