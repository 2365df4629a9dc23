"""The file for the bank, and the file it sends back, as sheets: the services write and read them."""

from typing import Any

from django.utils.translation import gettext_lazy, pgettext_lazy

from internships.subsidies.enums import LineResult
from wenxi_portal.spreadsheets.readers import choice, code, day, money, text
from wenxi_portal.spreadsheets.sheet import Column, ColumnKind, Sheet

REFERENCE, AMOUNT = gettext_lazy("reference"), gettext_lazy("amount in yuan")
BANK_FILE = Sheet(
    title=gettext_lazy("Payment list for the bank"),
    columns=(
        Column(REFERENCE, lambda line: line.reference, 22, kind=ColumnKind.CODE),
        Column(gettext_lazy("account holder"), lambda line: line.account__holder, 14),
        Column(gettext_lazy("ID number"), lambda line: line.claim__student__id_number, 22, kind=ColumnKind.CODE),
        Column(gettext_lazy("card number"), lambda line: line.account__card, 24, kind=ColumnKind.CODE),
        Column(gettext_lazy("bank"), lambda line: line.account__bank, 20),
        Column(gettext_lazy("branch"), lambda line: line.account__branch, 24),
        Column(AMOUNT, lambda line: line.amount, 14, kind=ColumnKind.MONEY, total=True),
        Column(pgettext_lazy("of money", "claim"), lambda line: line.claim__number, 14, kind=ColumnKind.CODE),
    ),
)


def _nothing(_row: Any) -> None:
    return None


def _card(cell: Any, book: Any) -> str:
    """Read a card number; the sentence of a refusal never repeats it."""
    return str(code(most=30)(cell, book))


RESULT_FILE = Sheet(
    title=gettext_lazy("Result of the bank"),
    columns=(
        Column(
            REFERENCE, _nothing, name="reference", reader=code(most=32), required=True,
            words=("流水号", "业务流水号", "商户流水号", "代发流水号", "附言"),
        ),
        Column(
            AMOUNT, _nothing, name="amount", reader=money(), required=True,
            words=("金额", "交易金额", "实发金额", "应发金额", "金额(元)", "发放金额"),
        ),
        Column(
            gettext_lazy("result"), _nothing, name="result", required=True,
            reader=choice(
                LineResult, 成功="paid", 交易成功="paid", 已付="paid", 已入账="paid", 代发成功="paid", 失败="returned",
                交易失败="returned", 退票="returned", 退回="returned", 代发失败="returned", 处理中="pending",
                待处理="pending",
            ),
            words=("结果", "交易结果", "处理结果", "状态", "交易状态", "代发结果", "返回结果"),
        ),
        Column(
            gettext_lazy("paid on"), _nothing, name="on", reader=day(),
            words=("日期", "交易日期", "入账日期", "支付日期", "处理日期", "发放日期"),
        ),
        Column(
            gettext_lazy("why it was returned"), _nothing, name="why", reader=text(most=150),
            words=("原因", "失败原因", "退票原因", "退回原因", "返回信息", "错误信息"),
        ),
        Column(
            gettext_lazy("reference of the bank"), _nothing, name="bank_reference", reader=code(most=60),
            words=("银行流水号", "交易流水号", "银行流水", "凭证号", "回单号"),
        ),
        Column(
            gettext_lazy("card number"), _nothing, name="card", reader=_card, personal=True,
            words=("账号", "卡号", "收款账号", "收款人账号", "银行卡号"),
        ),
    ),
)  # fmt: skip
