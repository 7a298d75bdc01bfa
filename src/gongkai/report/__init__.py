"""The annual report (政府信息公开工作年度报告): read, check, write. Use :mod:`gongkai.report.api`."""
