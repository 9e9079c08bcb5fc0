"""Money 金额 between its integer form and people: on screen and paper, in a row's columns, in a form.

Amounts stay integer hundredths with a currency (``engines.money``); 万 and 亿 exist only in the texts made here.
"""

from feidi.kernel.money.columns import clear_money, money_of, set_money
from feidi.kernel.money.display import currency_name, format_money, format_money_text

__all__ = ["clear_money", "currency_name", "format_money", "format_money_text", "money_of", "set_money"]
