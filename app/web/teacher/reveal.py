"""The reveal: each step of the staircase with its words and its picture, ready for the template."""

from dataclasses import dataclass

from app.domain.benchmark import AreaKind
from app.domain.language import Translate
from app.domain.norms import Misperception, Path, Step, steps, talk
from app.domain.question import TRIAL_SIZE, own_question, trial_questions
from app.domain.release import Band, Release, Suppressed
from app.domain.theme import Audience, Direction, Measure
from app.figures import sentences
from app.figures.icon_rows import IconRow, icon_row
from app.figures.sentences import Sentence
from app.services.show_lesson import LessonView, Result
from app.web.teacher.sheets import may_hang

_CLASS_SIZE = 20  # what a benchmark is shown among where the class's own number is not


@dataclass(frozen=True, slots=True)
class Stair:
    """One step as the board shows it: `say` is for the teacher, everything else for the class. A step that
    is talked about has `minutes` for it."""

    id: str
    title: str
    sentence: Sentence | None = None
    picture: IconRow | None = None
    lines: tuple[str, ...] = ()
    name: str = ""
    say: str = ""
    legend: str = ""
    minutes: int = 0


def staircase(view: LessonView, result: Result, t: Translate) -> dict[str, object]:
    """The template's values: the steps in order, and on path C the class's own answer, which waits in the menu."""
    release, reading = result.release, result.reading
    okay = result.approval.path if result.approval else None
    order = steps(release, reading.path, result.benchmark is not None, okay)
    first, now = view.polls[0].theme == result.theme.key, view.poll.theme == result.theme.key
    build = _Stairs(result, t, says_never_exact=first, is_looked_back_at=not now)
    return {
        "earlier": not now,
        "result": result,
        "words": result.theme.wording(t.language),
        "stairs": [*(build.stair(step) for step in order if step is not Step.TALK), *build.talk()],
        "own": build.stair(Step.OWN) if Step.OWN not in order else None,
        "okay": build.stair(Step.OKAY) if okay is Path.C else None,
        "hangs": may_hang(result),
        "asides": [build.explain(), *build.knows()],
    }


def trial(t: Translate) -> list[Stair]:
    """The trial question and how an answer will be read from the board: invented, and announced as such."""
    band = Band(0, 3)
    sentence = sentences.own(band, TRIAL_SIZE, t)
    example = Stair(
        "step-1",
        t("Sådan kan tavlen se ud"),
        sentence,
        icon_row(band, TRIAL_SIZE, "own", sentence.text, t),
        (sentences.never_exact(band, t),),
        say=t("Det her er et opdigtet eksempel. Fyldt er ja, stiplet er måske."),
        legend=t("Fyldt: ja. Stiplet: måske. Tom: ikke ja."),
    )
    lines = (t("Prøv på jeres egen skærm. Intet bliver gemt."),)
    question = trial_questions(t)[-1].heading
    return [Stair("step-0", question, lines=lines, say=t("Tryk på Prøv et spørgsmål imens.")), example]


class _Stairs:
    def __init__(self, result: Result, t: Translate, *, says_never_exact: bool, is_looked_back_at: bool) -> None:
        self.result, self.t, self.says_never_exact = result, t, says_never_exact
        self.is_looked_back_at = is_looked_back_at
        self.release: Release = result.release
        self.n = result.release.n or 0
        self.pupils = result.theme.audience is Audience.PUPILS

    def stair(self, step: Step) -> Stair:
        """One step; the talk is several and has a method of its own."""
        build = {
            Step.COUNTED: self._counted,
            Step.OTHERS: self._others,
            Step.MATES: self._mates,
            Step.FINGERS: self._fingers,
            Step.OWN: self._own,
            Step.DIFFERENCE: self._difference,
            Step.BENCHMARK: self._benchmark,
            Step.REST: self._last_word,
            Step.OKAY: self._okay,
        }
        return build[step]()

    def _counted(self) -> Stair:
        t = self.t
        lines = [t("Se på tavlen.")]
        if 0 < self.n < self.result.size:
            lines = [t("{n} af jer svarede. Derfor er alle tal af {n}.", n=self.n)]
        if self.is_looked_back_at:
            lines.insert(0, self.result.theme.wording(t.language).title)
        return Stair(
            "step-0",
            t("Nu er svarene talt op."),
            lines=tuple(lines),
            say=" ".join(
                (
                    t("Vi taler om tal, ikke om personer."),
                    t("Ingen skal sige, hvad de selv har svaret."),
                    t("Ingen skal gætte på andre."),
                )
            ),
        )

    def _others(self) -> Stair:
        t = self.t
        title = t("Alle de andre") if self.pupils else t("Alle de andre forældre")
        return self._guess("step-1", title, Measure.OTHERS, t("Det her gættede vi om de andre."))

    def _mates(self) -> Stair:
        t = self.t
        return self._guess("step-2", self._us(), Measure.MATES, t("Og det her gættede vi om os selv."))

    def _us(self) -> str:
        t = self.t
        return t("Vores klasse") if self.pupils else t("Os, der er her")

    def _guess(self, anchor: str, title: str, measure: Measure, say: str) -> Stair:
        band, t = self.release.band(measure), self.t
        if band is None:
            say = t("Det er et ærligt svar. Hvor får vi så vores billede fra?")
            return Stair(anchor, title, lines=(self._why(measure),), say=say)
        sentence = sentences.answered(measure, band, self.n, self.result.theme.audience, t)
        picture = icon_row(band, self.n, "guess", sentence.text, t)
        legend = t("Stribet: det, vi gættede på. Stiplet: måske.")
        return Stair(anchor, title, sentence, picture, say=say, legend=legend)

    def _fingers(self) -> Stair:
        t = self.t
        return Stair(
            "step-3",
            t("Hvad tror I det rigtige tal er?"),
            lines=(t("Vis med fingrene."),),
            say=t("Vis med fingrene, hvad I tror. I må gerne kigge på hinanden nu."),
        )

    def _own(self) -> Stair:
        band, t = self.release.band(Measure.OWN), self.t
        if band is None:
            say = t("Vi taler om spørgsmålet i stedet.")
            return Stair("step-4", self._us(), lines=(self._why(Measure.OWN),), say=say)
        lines = (sentences.never_exact(band, t),) if self.says_never_exact else ()
        return self._answers("step-4", self._us(), band, lines)

    def _answers(self, anchor: str, title: str, band: Band, lines: tuple[str, ...] = ()) -> Stair:
        sentence, t = sentences.own(band, self.n, self.t), self.t
        picture = icon_row(band, self.n, "own", sentence.text, t)
        legend = t("Fyldt: ja. Stiplet: måske. Tom: ikke ja.")
        return Stair(anchor, title, sentence, picture, lines, say=sentence.text, legend=legend)

    def _difference(self) -> Stair:
        t, reading = self.t, self.result.reading
        name = reading.name
        if reading.path is Path.B or name is None or reading.difference is None:
            return Stair(
                "step-5",
                t("I kender hinanden godt"),
                lines=(t("Gættet og svarene passer sammen."),),
                say=t("I kender hinanden godt. Ville en anden klasse eller jeres forældre gætte lige så godt?")
                if self.pupils
                else t("I kender hinanden godt. Ville jeres børn gætte lige så godt?"),
            )
        majority = (sentences.majority_misperception(reading.difference, t),)
        return Stair(
            "step-5",
            t("Forskellen"),
            sentences.difference(reading.difference, t),
            lines=majority if name is Misperception.MAJORITY else (),
            name=sentences.name_of(name, t),
            say=t("Hvorfor tror I, at vi gættede, som vi gjorde?"),
        )

    def _benchmark(self) -> Stair:
        t, figure = self.t, self.result.benchmark
        if figure is None:
            raise ValueError("no benchmark, no step")
        among = self.n or _CLASS_SIZE
        sentence = sentences.benchmark(figure, among, t)
        count = figure.of(among)
        picture = icon_row(Band(count, count), among, "benchmark", sentence.text, t)
        say = t("Sådan svarede elever på jeres klassetrin i hele kommunen.")
        if figure.kind is AreaKind.COUNTRY:
            say = t("Sådan svarede elever på jeres klassetrin i hele landet.")
        return Stair("step-6", sentences.group(figure, t), sentence, picture, (sentences.basis(figure, t),), say=say)

    def _last_word(self) -> Stair:
        """The majority has it: those who did not answer yes, or of a wanted act those who did."""
        t, band = self.t, self.release.band(Measure.OWN)
        if band is None:
            raise ValueError("no own answer, no step")
        if self.result.theme.direction is Direction.WANTED:
            return self._answers("step-7", t("De fleste"), band)
        sentence = sentences.rest(band, self.n, t)
        picture = icon_row(Band(self.n - band.high, self.n - band.low), self.n, "rest", sentence.text, t)
        lines = (t("De svarede nej eller sprang over."),)
        legend = t("Prikket: ikke ja. Stiplet: måske. Tom: ja.") if band.low else t("Prikket: ikke ja. Stiplet: måske.")
        return Stair("step-7", t("Resten"), sentence, picture, lines, say=sentence.text, legend=legend)

    def _okay(self) -> Stair:
        t, band = self.t, self.release.band(Measure.APPROVE)
        if band is None:
            raise ValueError("no approval to show, no step")
        guess = self.release.band(Measure.APPROVE_MATES)
        believed = sentences.guess(guess, self.n, t).text if guess else self._why(Measure.APPROVE_MATES)
        title = t("Synes du selv, det er okay at {approve}?", approve=self.result.theme.wording(t.language).approve)
        return self._answers("step-okay", title, band, (believed,))

    def explain(self) -> Stair:
        """What exactly was asked, large, for whoever wants to know again."""
        t, theme = self.t, self.result.theme
        words = theme.wording(t.language)
        lines = (words.means, own_question(theme, t))
        return Stair("explain", words.title, lines=lines, say=t("Det her spurgte vi om."))

    def knows(self) -> list[Stair]:
        """What is known from published figures, with where it stands; none where nothing is."""
        t, facts = self.t, self.result.theme.wording(self.t.language).knows
        lines = tuple(f"{fact.sentence} ({fact.source} {fact.year})" for fact in facts)
        say = t("Det her har andre undersøgelser fundet.")
        return [Stair("knows", t("Hvad ved vi?"), lines=lines, say=say)] if facts else []

    def talk(self) -> list[Stair]:
        """The discussion cards, one at a time. Those of pupils end with a wish, those of parents begin with a rule."""
        t, theme = self.t, self.result.theme
        cards = theme.wording(t.language).cards[talk(self.release, theme.direction)]
        first = pairs = t("Tal sammen to og to i tre minutter.")
        if self.pupils:
            cards = (*cards, t("Hvad kunne I ønske jer?"))
        else:
            first = " ".join((t("Vi taler om tal, ikke om børn."), t("Ingen skal gætte på, hvem det er."), pairs))
        says = (first, *(pairs for _ in cards[1:]))
        told = enumerate(zip(cards, says, strict=True), 1)
        return [Stair(f"step-8-{number}", card, say=say, minutes=3) for number, (card, say) in told]

    def _why(self, measure: Measure) -> str:
        figure, silent = self.release.figures[measure], self.result.many_were_silent
        return sentences.suppressed(figure, self.t, silent=silent) if isinstance(figure, Suppressed) else ""
