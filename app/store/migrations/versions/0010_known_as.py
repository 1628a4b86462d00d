"""Names of schools and classrooms as they are compared, whatever letters they were typed in."""

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_KEYS = {"school": (), "classroom": ("school_id", "school_year")}


def upgrade() -> None:
    op.add_column("school", sa.Column("known_as", sa.String(360)))
    op.add_column("classroom", sa.Column("known_as", sa.String(180)))
    for table, within in _KEYS.items():
        _fill(table, within)
        op.create_index(f"uq_{table}_{'_'.join((*within, 'known_as'))}", table, [*within, "known_as"], unique=True)


def downgrade() -> None:
    for table, within in _KEYS.items():
        op.drop_index(f"uq_{table}_{'_'.join((*within, 'known_as'))}", table)
        op.drop_column(table, "known_as")


def _fill(table: str, within: tuple[str, ...]) -> None:
    columns = sa.table(table, *map(sa.column, ("id", "name", "known_as", *within)))
    seen = set()
    for row in op.get_bind().execute(sa.select(columns).order_by(columns.c.id)).mappings().all():
        name = unicodedata.normalize("NFC", row["name"]).casefold()
        known_as = "".join(filter(str.isalnum, name)) or name
        place = (*(row[each] for each in within), known_as)
        # Two that are called alike stay two; only the first is found by the name.
        kept = f"{known_as} {row['id']}" if place in seen else known_as
        seen.add(place)
        op.get_bind().execute(sa.update(columns).where(columns.c.id == row["id"]).values(known_as=kept))
