"""Staff sign in, a lesson knows who made it, and a classroom its school year and size."""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("login", sa.String(254), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("school_id", sa.String(16)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("password", sa.String(200)),
        sa.Column("code_secret", sa.String(64)),
        sa.Column("code_step", sa.Integer()),
        sa.Column("seen_week", sa.String(8)),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("login", name="uq_account_login"),
        sa.ForeignKeyConstraint(["school_id"], ["school.id"], name="fk_account_school_id_school"),
    )
    op.create_table(
        "staff_session",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", sa.String(16), nullable=False),
        sa.Column("seen_minute", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_staff_session"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_staff_session_account_id_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_staff_session_account_id", "staff_session", ["account_id"])
    op.create_table(
        "invitation",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("account_id", sa.String(16), nullable=False),
        sa.Column("ends_hour", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_invitation"),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_invitation_account_id_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_invitation_account_id", "invitation", ["account_id"])
    op.create_table(
        "attempt",
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("from_second", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_attempt"),
    )
    op.create_table(
        "lesson_maker",
        sa.Column("lesson_id", sa.String(16), nullable=False),
        sa.Column("account_id", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("lesson_id", name="pk_lesson_maker"),
        sa.ForeignKeyConstraint(
            ["lesson_id"], ["lesson.id"], name="fk_lesson_maker_lesson_id_lesson", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_lesson_maker_account_id_account", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_lesson_maker_account_id", "lesson_maker", ["account_id"])
    # What is there was made in the school year that this runs in.
    today = date.today()
    began = today.year if today.month >= 8 else today.year - 1
    op.add_column("classroom", sa.Column("school_year", sa.Integer(), nullable=False, server_default="0"))
    op.execute(f"UPDATE classroom SET school_year = {began}")
    op.add_column("classroom", sa.Column("size", sa.Integer()))
    op.drop_index("uq_classroom_school_id_name", "classroom")
    columns = ["school_id", "school_year", "name"]
    op.create_index("uq_classroom_school_id_school_year_name", "classroom", columns, unique=True)


def downgrade() -> None:
    op.drop_index("uq_classroom_school_id_school_year_name", "classroom")
    op.create_index("uq_classroom_school_id_name", "classroom", ["school_id", "name"], unique=True)
    op.drop_column("classroom", "size")
    op.drop_column("classroom", "school_year")
    op.drop_table("lesson_maker")
    op.drop_table("attempt")
    op.drop_table("invitation")
    op.drop_table("staff_session")
    op.drop_table("account")
