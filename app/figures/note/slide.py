"""One grade as a slide for a wall, where that is good news."""

from app.domain.language import Translate
from app.domain.note import GradeSeen, Hurdle, hurdle
from app.domain.question import window_label
from app.domain.theme import Direction
from app.figures.note.text import Example
from app.figures.note.words import grade_heading, not_representative, occasion_title
from app.figures.shares import share


def example(seen: GradeSeen, year: int, t: Translate) -> Example:
    """The first occasion of a grade as a slide, where that is good news; elsewhere the reason that it is not."""
    heading = grade_heading(seen.theme, seen.grade, t)
    why = hurdle(seen)
    first = seen.occasions[0] if seen.occasions else None
    if why is not None or first is None or first.mates is None:
        return Example(heading, "", "", "", "", "", _why_not(why or Hurdle.FEW_CLASSROOMS, t))
    sums, wanted = first.sums, seen.theme.direction is Direction.WANTED
    window, has_done = window_label(seen.theme.window, t), seen.theme.wording(t.language).has_done
    rest = (
        t("Mindst {low} af {n} svarede ja.", low=sums.low, n=sums.n)
        if wanted
        else t("Mindst {low} af {n} svarede ikke ja.", low=sums.n - sums.high, n=sums.n)
    )
    return Example(
        heading=heading,
        guessed=share(first.mates, t),
        answered=share(sums.shares, t),
        rest=rest,
        asked=t("{window}: Hvor mange har {has_done}?", window=window, has_done=has_done),
        small=occasion_title(first, year, t) + ". " + not_representative(t),
        why_not="",
    )


def _why_not(why: Hurdle, t: Translate) -> str:
    match why:
        case Hurdle.OFFENCE:
            return t("Emnet handler om noget ulovligt. Det viser vi ikke som eksempel.")
        case Hurdle.FEW_CLASSROOMS:
            return t("Her kommer et tal i ugen efter, at mindst to klasser har svaret.")
        case Hurdle.NO_GUESS:
            return t("Der var for få gæt, så der er ingen forskel at vise.")
        case Hurdle.MAJORITY:
            return t("Halvdelen eller flere kan have svaret noget andet, end vi håber. Det viser vi ikke.")
        case Hurdle.NOT_APART:
            return t("Det kan ikke påvises, at eleverne troede, det stod værre til, end det gør.")
