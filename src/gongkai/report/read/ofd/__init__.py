"""OFD: a ZIP of XML with positioned text."""
