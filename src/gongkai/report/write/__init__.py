"""Writers: one module per format, all printing from :mod:`gongkai.report.write.layout`."""
