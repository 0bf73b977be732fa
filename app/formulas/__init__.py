"""Formulas: numbers in place of letters, typeset drawings, and the work of making them."""
