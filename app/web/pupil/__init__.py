"""The pupil: a code, a seat, three questions, a thank-you."""
