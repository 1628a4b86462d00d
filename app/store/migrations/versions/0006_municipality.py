"""What a municipality decides, classrooms that move up, and what is left of old releases."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("classroom", sa.Column("moved_from", sa.String(16)))
    op.create_table(
        "theme_hold",
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("theme", "grade", name="pk_theme_hold"),
    )
    op.create_table(
        "setting",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_setting"),
    )
    key = ["school_year", "grade", "audience", "theme", "edition", "ruler", "measure"]
    op.create_table(
        "grade_total",
        sa.Column("school_year", sa.Integer(), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("ruler", sa.String(1), nullable=False),
        sa.Column("measure", sa.String(16), nullable=False),
        sa.Column("classrooms", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("low", sa.Integer(), nullable=False),
        sa.Column("high", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(*key, name="pk_grade_total"),
    )


def downgrade() -> None:
    op.drop_table("grade_total")
    op.drop_table("setting")
    op.drop_table("theme_hold")
    op.drop_column("classroom", "moved_from")
