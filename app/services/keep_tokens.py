"""Make tokens for other programs, recognise them, and revoke them."""

from app.domain.api_token import MAX_NAME, ApiToken
from app.domain.poll import Week
from app.domain.refusal import Reason, Refusal
from app.sealing import tokens
from app.services.house import House, Work
from app.store import api_tokens


def make(work: Work, name: str) -> str:
    """A new token, shown once. Refusal(BAD_NAME) for a name that is empty, too long or not on one line."""
    name = " ".join(name.split())
    if not (name and name.isprintable() and len(name) <= MAX_NAME):
        raise Refusal(Reason.BAD_NAME)
    token = tokens.mint_api_token()
    api_tokens.add(work.db, ApiToken(tokens.mint_id(), name, None), tokens.api_token_hash(token))
    return token


def revoke(work: Work, token_id: str) -> None:
    """From now on the token opens nothing. Refusal(NOT_YOURS) where there is none."""
    if not api_tokens.remove(work.db, token_id):
        raise Refusal(Reason.NOT_YOURS)


def list_tokens(work: Work) -> tuple[ApiToken, ...]:
    """Every token that is good, by its name."""
    return tuple(api_tokens.all_(work.db))


def recognise(house: House, token: str) -> bool:
    """Whether a token is good; the week is noted, once a week, so that one that nobody uses is seen."""
    with house.reading() as work:
        found = api_tokens.by_hash(work.db, tokens.api_token_hash(token))
        week = Week.of(work.now.date())
    if found is None:
        return False
    if found.used_week != str(week):
        with house.writing() as work:
            api_tokens.use(work.db, found.id, week)
    return True
