"""The citizen's side of applications: the form, the receipt, following a case, what can be done with it."""
