"""How letters and news reach the applicant, what proves it, and what did not arrive."""
