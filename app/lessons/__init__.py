"""Lessons: questions told in steps, as plain files. No Qt."""
