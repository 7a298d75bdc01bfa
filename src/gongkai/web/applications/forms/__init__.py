"""Forms: of the workbench and of the applicant."""
