"""Our screens for agencies and people, in the CMS's back office."""
