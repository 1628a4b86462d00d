"""Shares in words: whole per cent, rounded outwards."""

from app.domain.interval import Interval, percents
from app.domain.language import Translate


def share(interval: Interval, t: Translate) -> str:
    """An interval as it is said: "højst 15 %", "18 til 30 %", "mindst 80 %"."""
    low, high = percents(interval)
    if low == 0 and high < 100:
        return t("højst {high} %", high=high)
    if high == 100 and low > 0:
        return t("mindst {low} %", low=low)
    return t("{low} til {high} %", low=low, high=high)


def number(value: float, t: Translate) -> str:
    """A number with at most one decimal, behind the language's own mark: "12,5"."""
    text = f"{value:.1f}".removesuffix(".0")
    return text.replace(".", ",") if t.language == "da" else text
