"""A municipality's figure and a school's of the same name are two."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_OLD_KEY = ("theme", "area", "grade", "year")


def upgrade() -> None:
    _rekey((*_OLD_KEY, "kind"))


def downgrade() -> None:
    figure = sa.table("benchmark", *map(sa.column, ("kind", *_OLD_KEY)))
    other = figure.alias()
    # Of two that are one again the larger group's figure stays: "country" < "municipality" < "school".
    larger = sa.and_(other.c.kind < figure.c.kind, *(other.c[name] == figure.c[name] for name in _OLD_KEY))
    op.execute(sa.delete(figure).where(sa.exists().where(larger)))
    _rekey(_OLD_KEY)


def _rekey(columns: tuple[str, ...]) -> None:
    with op.batch_alter_table("benchmark") as batch:
        batch.drop_constraint("pk_benchmark", type_="primary")
        batch.create_primary_key("pk_benchmark", list(columns))
