"""Applications for disclosure (依申请公开): intake, the clock, letters, delivery, table 3."""
