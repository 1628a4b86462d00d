"""A page that parents take home."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "handout",
        sa.Column("token", sa.String(24), nullable=False),
        sa.Column("lesson_id", sa.String(16), nullable=False),
        sa.Column("ends_hour", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("token", name="pk_handout"),
        sa.ForeignKeyConstraint(["lesson_id"], ["lesson.id"], name="fk_handout_lesson_id_lesson", ondelete="CASCADE"),
    )
    op.create_index("ix_handout_lesson_id", "handout", ["lesson_id"])


def downgrade() -> None:
    op.drop_table("handout")
