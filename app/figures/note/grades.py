"""A theme in a grade: its sentence, and its figures with the bars that draw them."""

from app.domain.benchmark import Benchmark
from app.domain.estimate import Sums
from app.domain.interval import Interval, percents
from app.domain.language import Translate
from app.domain.note import GradeSeen, comparability
from app.domain.question import window_label
from app.figures.note.text import Bar, Cell, GradeText, Look
from app.figures.note.words import about, grade_heading, lowered, named, occasion_title
from app.figures.shares import share


def grade_text(seen: GradeSeen, year: int, t: Translate) -> GradeText:
    """What was seen of a theme in a grade, with a column for each occasion."""
    rows: list[tuple[str, tuple[Cell, ...]]] = [
        (t("Gæt om alle de andre"), tuple(_guess(each.others, t) for each in seen.occasions)),
        (t("Gæt om kammeraterne"), tuple(_guess(each.mates, t) for each in seen.occasions)),
        (t("Svarede ja, sikre grænser"), tuple(_answered(each.sums, t) for each in seen.occasions)),
    ]
    if any(each.estimate is not None for each in seen.occasions):
        rows.append((t("Skøn over klassetrinnet"), tuple(_estimate(each.estimate, t) for each in seen.occasions)))
    if seen.benchmark is not None:
        rows.append((named(seen.benchmark), (_published(seen, seen.benchmark, t),) * len(seen.occasions)))
    return GradeText(
        heading=grade_heading(seen.theme, seen.grade, t),
        sentence=_sentence(seen, t),
        columns=tuple(occasion_title(each, year, t) for each in seen.occasions),
        rows=tuple(rows),
    )


def _sentence(seen: GradeSeen, t: Translate) -> str:
    first = seen.occasions[0]
    answered = t("Mellem {low} og {high} af {n} svarede ja.", low=first.sums.low, high=first.sums.high, n=first.sums.n)
    if first.mates is None:
        return answered
    guessed = t(
        "I gennemsnit gættede eleverne på, at {percent} af kammeraterne har {has_done} ({window}).",
        percent=share(first.mates, t),
        has_done=seen.theme.wording(t.language).has_done,
        window=lowered(window_label(seen.theme.window, t)),
    )
    return f"{guessed} {answered}"


def _guess(shares: Interval | None, t: Translate) -> Cell:
    if shares is None:
        return Cell(t("for få gæt"))
    return Cell(share(shares, t), _bar(shares, Look.GUESS))


def _answered(sums: Sums, t: Translate) -> Cell:
    shares = sums.shares
    text = t("mellem {low} og {high} af {n}", low=sums.low, high=sums.high, n=sums.n)
    return Cell(text, Bar(shares.low, shares.high, Look.ANSWER))


def _estimate(shares: Interval | None, t: Translate) -> Cell:
    if shares is None:
        return Cell(t("kræver ti klasser"))
    return Cell(share(shares, t), _bar(shares, Look.ANSWER))


def _bar(shares: Interval, look: Look) -> Bar:
    """As wide as the words beside it say: a bar can be measured."""
    low, high = percents(shares)
    return Bar(low / 100, high / 100, look)


def _published(seen: GradeSeen, figure: Benchmark, t: Translate) -> Cell:
    share = figure.share / 100
    text = t("{about}, mærke {mark}", about=about(figure, t), mark=comparability(seen))
    return Cell(text, Bar(share, share, Look.BENCHMARK))
