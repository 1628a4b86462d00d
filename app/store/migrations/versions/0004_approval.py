"""A poll says whether it also asks if the act is okay."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not in a batch, for the reason that 0002 gives.
    op.add_column("poll", sa.Column("approval", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    op.drop_column("poll", "approval")
