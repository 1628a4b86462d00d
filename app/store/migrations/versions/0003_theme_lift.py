"""Themes that may be chosen in a grade although a figure would hold them back there."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "theme_lift",
        sa.Column("theme", sa.String(60), nullable=False),
        sa.Column("grade", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("theme", "grade", name="pk_theme_lift"),
    )


def downgrade() -> None:
    op.drop_table("theme_lift")
