"""Shares in words: whole per cent, rounded outwards, so that a rounded interval holds all that the real one held."""

from math import ceil, floor

from app.domain.interval import Interval
from app.domain.language import Translate

_DIGITS = 6  # of a per cent; what is finer is the rounding of floats and must not move an end by a whole per cent


def percents(interval: Interval) -> tuple[int, int]:
    """Both ends in whole per cent, the lower one rounded down and the upper one up."""
    return floor(round(interval.low * 100, _DIGITS)), ceil(round(interval.high * 100, _DIGITS))


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
