"""References to the law a rule rests on."""

from typing import NamedTuple


class LawRef(NamedTuple):
    """A document and the place in it: ``LawRef("政府信息公开条例", "第五十条")``."""

    document: str
    article: str = ""

    def __str__(self) -> str:
        return f"《{self.document}》{self.article}"


REGULATION = "政府信息公开条例"
FORM_2021 = LawRef("中华人民共和国政府信息公开工作年度报告格式", "（国办公开办函〔2021〕30号）")
FORM_2019 = LawRef("关于政府信息公开工作年度报告有关事项的通知", "（国办公开办函〔2019〕60号）")
FEE_RULES = LawRef("政府信息公开信息处理费管理办法", "（国办函〔2020〕109号）")
