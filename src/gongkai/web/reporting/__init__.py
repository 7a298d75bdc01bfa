"""Annual reports of the agencies: uploaded, read, checked, corrected, signed, published."""
