"""Rules of law as pure functions over values and dated data.

Each row of ``data/*.toml`` names the time it applies to and its source. Outside the time a row covers the
functions raise :class:`gongkai.law.dated.NotCoveredError`; they never fall back in silence.
"""
