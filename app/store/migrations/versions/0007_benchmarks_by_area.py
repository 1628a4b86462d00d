"""Benchmarks of any area, in any wording, and without a number of pupils where none is published."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = ("theme", "area", "grade", "year")
SHARED = (*KEY, "edition", "share", "n", "source", "verified")


def upgrade() -> None:
    # SQLite cannot let a column be empty that could not: the table is made anew around its few rows.
    rows = _taken()
    made = op.create_table(
        "benchmark",
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("area", sa.String(120), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("edition", sa.Integer()),
        sa.Column("wording", sa.String(200), nullable=False),
        sa.Column("window", sa.String(12)),
        sa.Column("season", sa.String(6), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer()),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name="pk_benchmark"),
    )
    # Until now a figure was the municipality's. Its time was never written down, and no installation had a way to
    # make one but the demo, which begins anew: without a time it is kept and not drawn.
    new = {"kind": "municipality", "wording": "", "window": None, "season": ""}
    if rows:
        op.bulk_insert(made, [{**row, **new} for row in rows])


def downgrade() -> None:
    rows = [row for row in _taken() if row["edition"] is not None and row["n"] is not None]
    made = op.create_table(
        "benchmark",
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("area", sa.String(120), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint(*KEY, name="pk_benchmark"),
    )
    if rows:
        op.bulk_insert(made, [{**row, "source": row["source"][:120]} for row in rows])


def _taken():
    """The rows of the table, which is then gone."""
    table = sa.table("benchmark", *(sa.column(name) for name in SHARED))
    rows = [dict(row) for row in op.get_bind().execute(sa.select(table)).mappings()]
    op.drop_table("benchmark")
    return [{**row, "verified": bool(row["verified"])} for row in rows]
