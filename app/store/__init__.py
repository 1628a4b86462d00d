"""Where things are kept: the only SQLAlchemy, and the only reader of surveys/. One shelf a file."""
