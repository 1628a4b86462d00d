"""The tables. None about pupils has a time, an order or a name; what an outsider may check is all here."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    false,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

school = Table(
    "school",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(120), nullable=False, unique=True),
    # The name as it is compared, whatever letters somebody typed it in.
    Column("known_as", String(360)),
    Index("uq_school_known_as", "known_as", unique=True),
)

classroom = Table(
    "classroom",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("school_id", ForeignKey("school.id"), nullable=False),
    Column("name", String(60), nullable=False),
    Column("grade", Integer, nullable=False),
    # A classroom is one of one school year (by the year it began): next year's 7.A is another one.
    Column("school_year", Integer, nullable=False, server_default="0"),
    # How many pupils there are, never who.
    Column("size", Integer),
    # Last year's classroom that this one was before all were moved up.
    Column("moved_from", String(16)),
    Column("known_as", String(180)),
    Index("uq_classroom_school_id_school_year_name", "school_id", "school_year", "name", unique=True),
    Index("uq_classroom_school_id_school_year_known_as", "school_id", "school_year", "known_as", unique=True),
)

lesson = Table(
    "lesson",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("classroom_id", ForeignKey("classroom.id"), nullable=False, index=True),
    Column("audience", String(8), nullable=False),
    Column("state", String(8), nullable=False),
    # The code and the QR token live while seats can be taken; `one_seat` says that they are good for one seat only.
    Column("code", String(12), unique=True),
    Column("door", String(24), unique=True),
    Column("one_seat", Boolean, nullable=False, default=False),
    # Pupils without a screen of their own who have not had their turn yet.
    Column("reserved", Integer, nullable=False, default=0),
    # The N of the questions, frozen when the first vote opens.
    Column("size", Integer),
    # The hour (since 1970) at which the lesson ends by itself; gone when it has ended.
    Column("ends_hour", Integer),
    CheckConstraint("reserved >= 0", name="reserved"),
)

lesson_link = Table(
    "lesson_link",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("lesson_id", ForeignKey("lesson.id", ondelete="CASCADE"), nullable=False, index=True),
    # The link that opened the first vote is the only one that can open and close the lesson's votes.
    Column("opener", Boolean, nullable=False, default=False),
)

poll = Table(
    "poll",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("lesson_id", ForeignKey("lesson.id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("theme", String(60), nullable=False),
    Column("family", String(60), nullable=False),
    Column("edition", Integer, nullable=False),
    Column("state", String(8), nullable=False),
    # Known from the opening of the vote on.
    Column("ruler", String(1)),
    Column("school_year", Integer),
    # Only while the poll votes: its public key, and the hour (since 1970) at which it lapses.
    Column("public_key", LargeBinary(32)),
    Column("lapse_hour", Integer),
    Column("paper", Boolean, nullable=False, default=False, server_default=false()),
    Column("approval", Boolean, nullable=False, default=False, server_default=false()),
    Index("uq_poll_lesson_id_theme", "lesson_id", "theme", unique=True),
    Index("uq_poll_lesson_id_position", "lesson_id", "position", unique=True),
)

seat = Table(
    "seat",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("lesson_id", ForeignKey("lesson.id", ondelete="CASCADE"), nullable=False, index=True),
    sqlite_with_rowid=False,
)

spent = Table(
    "spent",
    metadata,
    Column("poll_id", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("seat_hash", LargeBinary(32), primary_key=True),
    sqlite_with_rowid=False,
)

urn = Table(
    "urn",
    metadata,
    Column("poll_id", ForeignKey("poll.id", ondelete="CASCADE"), primary_key=True),
    Column("key", LargeBinary(16), primary_key=True),
    Column("box", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

release = Table(
    "release",
    metadata,
    Column("poll_id", ForeignKey("poll.id"), primary_key=True),
    Column("week", String(8), nullable=False),
    # Ballots; empty where there were too few to say.
    Column("n", Integer),
)

figure = Table(
    "figure",
    metadata,
    Column("poll_id", ForeignKey("release.poll_id"), primary_key=True),
    Column("measure", String(16), primary_key=True),
    Column("low", Integer),
    Column("high", Integer),
    Column("suppressed", String(20)),
    CheckConstraint("(low IS NULL) = (high IS NULL) AND (low IS NULL) <> (suppressed IS NULL)", name="band_or_reason"),
)

account = Table(
    "account",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("login", String(254), nullable=False, unique=True),
    Column("role", String(16), nullable=False),
    Column("school_id", ForeignKey("school.id")),
    Column("language", String(2), nullable=False),
    # Empty until the first one-time link is used.
    Column("password", String(200)),
    # Of an authenticator app: its secret, and the last time step that was used.
    Column("code_secret", String(64)),
    Column("code_step", Integer),
    # The ISO week of the last sign-in: an account that nobody uses is removed.
    Column("seen_week", String(8)),
)

# Who made a lesson, where that was somebody who signs in; the lesson's link is what opens it.
lesson_maker = Table(
    "lesson_maker",
    metadata,
    Column("lesson_id", ForeignKey("lesson.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
)

staff_session = Table(
    "staff_session",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    # The minute (since 1970) of the last request.
    Column("seen_minute", Integer, nullable=False),
)

invitation = Table(
    "invitation",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("account_id", ForeignKey("account.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ends_hour", Integer, nullable=False),
)

attempt = Table(
    "attempt",
    metadata,
    Column("hash", LargeBinary(32), primary_key=True),
    Column("failures", Integer, nullable=False),
    # The second (since 1970) from which the next attempt is looked at.
    Column("from_second", BigInteger, nullable=False),
)

theme_lift = Table(
    "theme_lift",
    metadata,
    Column("theme", String(60), primary_key=True),
    Column("grade", Integer, primary_key=True, autoincrement=False),
)

# Themes that the municipality does not use in a grade.
theme_hold = Table(
    "theme_hold",
    metadata,
    Column("theme", String(60), primary_key=True),
    Column("grade", Integer, primary_key=True, autoincrement=False),
)

# A page that parents take home after an evening: in it stands what the board showed.
handout = Table(
    "handout",
    metadata,
    Column("token", String(24), primary_key=True),
    Column("lesson_id", ForeignKey("lesson.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("ends_hour", Integer, nullable=False),
)

setting = Table(
    "setting",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

# What is left of the releases of classrooms after two school years: the sums of their ends, a grade and theme.
grade_total = Table(
    "grade_total",
    metadata,
    Column("school_year", Integer, primary_key=True, autoincrement=False),
    Column("grade", Integer, primary_key=True, autoincrement=False),
    Column("audience", String(8), primary_key=True),
    Column("theme", String(60), primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("ruler", String(1), primary_key=True),
    Column("measure", String(16), primary_key=True),
    Column("classrooms", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("low", Integer, nullable=False),
    Column("high", Integer, nullable=False),
)

benchmark = Table(
    "benchmark",
    metadata,
    Column("theme", String(60), primary_key=True),
    Column("area", String(120), primary_key=True),
    Column("grade", Integer, primary_key=True, autoincrement=False),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(12), primary_key=True),
    # Empty where the survey worded it otherwise than the theme; `wording` is then its own name for it.
    Column("edition", Integer),
    Column("wording", String(200), nullable=False),
    Column("window", String(12)),
    Column("season", String(6), nullable=False),
    Column("share", Float, nullable=False),
    # Empty where the source does not say it for the grade.
    Column("n", Integer),
    Column("source", String(200), nullable=False),
    Column("verified", Boolean, nullable=False),
)

# Other programs that may read the totals. Not in a backup: what was revoked must not come back with it.
api_token = Table(
    "api_token",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("name", String(60), nullable=False),
    Column("hash", LargeBinary(32), nullable=False, unique=True),
    # The ISO week of the last request; empty until there is one.
    Column("used_week", String(8)),
)
