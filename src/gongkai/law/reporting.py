"""In which year's report a case counts (table 3): new by its receipt, its result by its reply."""

from gongkai.law.case import Account


def year_of_receipt(account: Account) -> int | None:
    """The year whose 本年新收 counts the case: that of its receipt in law; None where it is none yet."""
    return account.received.year if account.received else None


def year_of_result(account: Account) -> int | None:
    """The year whose 本年度办理结果 counts the case, None while it is open or was never received.

    The year of the reply, though it was late; of the withdrawal; or of the day after a term that was let
    lapse, when the application counts as given up.
    """
    return account.closed_on.year if account.closed_on and account.received else None


def carried_over(account: Account, year: int) -> bool:
    """Whether the case is in 结转下年度继续办理 of ``year``: received by its end, without result by its end.

    The account must be of 31 December of that year or later.
    """
    received, result = year_of_receipt(account), year_of_result(account)
    return received is not None and received <= year and (result is None or result > year)
