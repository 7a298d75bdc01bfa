"""The papers of a case that are no letters: the application form, the register sheet, the receipt.

They are made of the case whenever somebody needs them and are signed by hand; nothing of them is kept.
An agency can print them on templates of its own, as its letters.
"""
