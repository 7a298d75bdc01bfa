"""LAYOUTS §1.6 and §1.11 at full weight: a report as a government site publishes it, pasted from Word.

The page carries what such pages carry: meta elements of the government website standard, scripts and styles,
menus, a path of links, buttons, the article with Word's own styles on every cell, paragraph and run, links to
other sites in lists to choose from, the foot. A page weighs 100 to 300 KB, most of it markup and not text.
"""

from html import escape
from random import Random

from benchmarks.drafts import Draft
from benchmarks.forms import Box, Grid
from benchmarks.layouts.base import Rendered, layout

_MENUS = (
    "首页", "政务公开", "政务服务", "互动交流", "走进本地", "新闻中心", "数据开放", "专题专栏",
)  # fmt: skip
_ENTRIES = (
    "政府信息公开指南", "政府信息公开制度", "法定主动公开内容", "政府信息公开年报", "依申请公开",
    "政策文件", "政策解读", "规划计划", "财政资金", "行政许可", "行政处罚", "重大项目", "人事信息",
    "建议提案", "应急管理", "统计信息", "会议公开", "回应关切", "民意征集", "网上调查", "领导信箱",
    "在线访谈", "办事指南", "便民服务", "图片新闻", "部门动态",
)  # fmt: skip
_SITES = ("国务院部门网站", "省级政府网站", "市级部门网站", "县区政府网站", "其他网站")
_FONTS = ("仿宋_GB2312", "宋体", "方正仿宋_GBK", "仿宋", "Times New Roman")


class _Word:
    """How one office's Word writes cells, paragraphs and runs; each report has its own choice."""

    def __init__(self, rng: Random) -> None:
        font, latin = rng.choice(_FONTS), rng.choice(("Calibri", "Times New Roman", "仿宋_GB2312"))
        size = rng.choice(("10.5", "12.0", "14.0", "9.0"))
        self.run = f"font-size:{size}pt;font-family:{font};color:#000000;mso-font-kerning:0pt"
        self.latin = (
            f"font-size:{size}pt;font-family:'{latin}','serif';mso-fareast-font-family:{font};"
            "mso-bidi-font-family:宋体;mso-font-kerning:0pt"
        )
        self.line = f"line-height:{rng.choice((150, 28, 24))}%;mso-pagination:widow-orphan"
        edge = rng.choice(("solid windowtext 1.0pt", "solid rgb(0,0,0) 1px"))
        self.cell = (
            f"border-top:none;border-left:none;border-bottom:{edge};border-right:{edge};"
            "mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt"
        )
        self.width = rng.randint(38, 90)
        self.blank = rng.choice(("<o:p></o:p>", "<o:p>&nbsp;</o:p>", "&nbsp;"))
        self.cut = rng.random() < 0.5  # a run of its own for each piece a spelling check or an edit left

    def runs(self, text: str, rng: Random) -> str:
        """The runs of a line: digits and letters apart, as Word parts them."""
        pieces: list[str] = []
        for sign in text:
            if (
                pieces
                and sign.isascii() == pieces[-1][-1].isascii()
                and not (self.cut and rng.random() < 0.04)
            ):
                pieces[-1] += sign
            else:
                pieces.append(sign)
        return "".join(
            f'<span lang="EN-US" style="{self.latin}">{escape(piece)}</span>'
            if piece.isascii()
            else f'<span style="{self.run}">{escape(piece)}</span>'
            for piece in pieces
        )

    def paragraph(self, text: str, rng: Random, *, indent: str = "") -> str:
        """One paragraph of class MsoNormal."""
        return f'<p class="MsoNormal" style="{indent}{self.line}">{self.runs(text, rng)}</p>\n'

    def table_cell(self, box: Box, rng: Random) -> str:
        """One cell with the form's spans."""
        spans = f' rowspan="{box.rowspan}"' if box.rowspan > 1 else ""
        spans += f' colspan="{box.colspan}"' if box.colspan > 1 else ""
        width = self.width * box.colspan
        inner = "".join(self._cell_line(line, rng) for line in box.text.split("\n"))
        return (
            f'<td width="{width}"{spans} valign="center" style="width:{width}.0pt;{self.cell}">{inner}</td>\n'
        )

    def _cell_line(self, line: str, rng: Random) -> str:
        runs = (
            self.runs(line, rng) if line else f'<span lang="EN-US" style="{self.latin}">{self.blank}</span>'
        )
        return f'<p class="MsoNormal" align="center" style="text-align:center;{self.line}">{runs}</p>'

    def table(self, grid: Grid, rng: Random) -> str:
        """The table with the form's merged cells."""
        rows = "".join(
            f'<tr style="mso-yfti-irow:{number};height:{rng.choice((15, 18, 22))}.0pt">\n'
            f"{''.join(self.table_cell(box, rng) for box in row)}</tr>\n"
            for number, row in enumerate(grid.rows())
        )
        return (
            '<div align="center"><table class="MsoNormalTable" border="1" cellspacing="0" cellpadding="0" '
            'style="border-collapse:collapse;border:none;mso-border-alt:solid windowtext .5pt;'
            f'mso-padding-alt:0cm 5.4pt 0cm 5.4pt"><tbody>\n{rows}</tbody></table></div>\n'
        )


def _article(draft: Draft, rng: Random) -> str:
    word = _Word(rng)
    pieces = []
    for part in draft.parts:
        if part.kind == "table":
            pieces.append(word.table(draft.grids[part.text], rng))
        elif part.kind == "title":
            lines = part.text.split("\n")
            pieces.extend(word.paragraph(line, rng, indent="text-align:center;") for line in lines)
        else:
            pieces.append(word.paragraph(part.text, rng, indent="text-indent:32.0pt;"))
    return "".join(pieces)


def _head(draft: Draft, title: str, rng: Random) -> str:
    published = f"{draft.year + 1}-01-{rng.randint(10, 29)} {rng.randint(8, 17):02}:{rng.randint(0, 59):02}"
    named = {
        "SiteName": "县人民政府门户网站",
        "SiteDomain": "www.example.gov.cn",
        "SiteIDCode": "3300000012",
        "ColumnName": "政府信息公开年报",
        "ColumnType": "政务公开",
        "ArticleTitle": title,
        "PubDate": published,
        "ContentSource": draft.agency,
        "viewport": "width=device-width, initial-scale=1",
    }
    metas = "".join(f'<meta name="{name}" content="{escape(text)}">\n' for name, text in named.items())
    links = "".join(
        f'<link rel="stylesheet" href="/assets/{rng.randrange(16**6):06x}/css/style{n}.css" media="all">\n'
        for n in range(6)
    )
    scripts = "".join(f'<script src="/assets/js/plugin{n}.min.js"></script>\n' for n in range(8))
    return (
        f'<meta charset="utf-8">\n<title>{escape(title)}_县人民政府门户网站</title>\n{metas}{links}{scripts}'
        f"<style>\n{_rules(rng, 160)}</style>\n<script>\n{_code(rng, 60)}</script>\n"
    )


def _rules(rng: Random, count: int) -> str:
    """A sheet of styles as templates leave them in the page."""
    return "".join(
        f".col-{n} .nav > li a:hover {{ width: {rng.randint(10, 990)}px; margin: 0 {rng.randint(0, 30)}px; "
        f"background: url(/images/bg{n}.png) no-repeat; color: #{rng.randrange(16**6):06x}; }}\n"
        for n in range(count)
    )


def _code(rng: Random, count: int) -> str:
    """Scripts that count visits, set sizes and open menus; with comparisons and tags in strings."""
    return "".join(
        f"function step{n}(e) {{ if (e.scrollTop < {rng.randint(10, 900)} && e.width > {n}) "
        f'{{ $("#menu{n}").html("<div class=\\"item\\">" + e.title + "</div>").hide(); }} }}\n'
        for n in range(count)
    )


def _menu(rng: Random) -> str:
    items = []
    for number, name in enumerate(_MENUS):
        entries = "".join(
            f'<li class="sub-item"><a href="/col/col{rng.randint(10**6, 10**7)}/index.html" target="_blank" '
            f'title="{entry}"><i class="icon icon-arrow"></i><span>{entry}</span></a></li>\n'
            for entry in rng.sample(_ENTRIES, 18)
        )
        items.append(
            f'<li class="nav-item" id="nav{number}"><a href="/col/{number}/index.html">{name}</a>\n'
            f'<div class="sub-menu" style="display: none;"><ul>{entries}</ul></div></li>\n'
        )
    return f'<div class="nav clearfix"><ul class="nav-list">{"".join(items)}</ul></div>\n'


def _tools(draft: Draft, title: str) -> str:
    sizes = "".join(
        f'<a href="javascript:void(0)" onclick="zoom({n})">{name}</a> '
        for n, name in ((18, "大"), (16, "中"), (14, "小"))
    )
    return (
        '<div class="location"><img src="/images/icon_home.png" width="16">当前位置：<a href="/">首页</a> '
        '&gt; <a href="/col/2/">政务公开</a> &gt; <a href="/col/3/">政府信息公开年报</a></div>\n'
        f'<div class="article-title" style="display:none">{escape(title)}</div>\n'
        f'<div class="info"><span>发布时间：{draft.year + 1}-01-22</span>'
        f"<span>来源：{escape(draft.agency)}</span>"
        f'<span>浏览次数：<b id="hits">1024</b></span><span>字体：【{sizes}】</span>'
        '<a href="javascript:window.print()">打印本页</a>'
        '<a href="javascript:window.close()">关闭窗口</a></div>\n'
    )


def _foot(rng: Random) -> str:
    chosen = "".join(
        f'<select onchange="go(this.value)"><option value="">{name}</option>'
        + "".join(
            f'<option value="http://www.site{n}.example.gov.cn/">{rng.choice(_ENTRIES)}网站{n}</option>\n'
            for n in range(24)
        )
        + "</select>\n"
        for name in _SITES
    )
    return (
        '<div class="page-nav"><p>上一篇：<a href="#">关于公布公开指南的通知</a></p>'
        '<p>下一篇：<a href="#">上一年度报告</a></p></div>\n'
        '<div class="share"><a class="wx"></a><a class="wb"></a><img src="/images/ewm.png" width="90">'
        "<p>扫一扫在手机打开当前页</p></div>\n"
        f'<div class="links">{chosen}</div>\n<div class="foot"><p><a href="#">网站地图</a> | '
        '<a href="#">联系我们</a> | <a href="#">版权声明</a></p>'
        "<p>主办单位：县人民政府办公室 网站标识码：3300000012</p>"
        "<p>备案号：浙ICP备05000000号-1 公安备案 33000002000001号</p></div>\n"
        f"<script>\n{_code(rng, 40)}</script>\n"
    )


@layout("html-published", "html")
def published(draft: Draft) -> Rendered:
    """The whole page of a site with the report pasted from Word."""
    rng = draft.rng()
    title = draft.parts[0].text.replace("\n", "")
    page = (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n{_head(draft, title, rng)}</head>\n'
        '<body class="detail">\n'
        '<div class="top"><a href="/wza">无障碍浏览</a><a href="/login">登录</a><a href="/m">手机版</a>'
        '<form action="/search"><input type="text" name="q" value="请输入关键字">'
        "<button>搜索</button></form></div>\n"
        f'{_menu(rng)}<div class="container"><div class="main">\n{_tools(draft, title)}'
        f'<div id="zoom" class="article"><!--<$[信息内容]>begin-->{_article(draft, rng)}'
        f"<!--<$[信息内容]>end--></div>\n{_foot(rng)}</div></div>\n</body>\n</html>\n"
    )
    return Rendered(page.encode(), draft.truth())
