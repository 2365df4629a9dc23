"""What waits in the demonstration: look-alikes, self-registrations and answers to the yearly question.

Played through the verbs that people use. Nothing is sent: the codes stay here, and the questions are answered at once.
"""

from datetime import timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from talent.enums import PreferredChannel, SelfCheckAnswer, StudyLevel
from talent.models import Person, Registration
from talent.services.demo import REASON, TOWNSHIPS
from talent.services.person import enter_person
from talent.services.registration import begin_registration, confirm_registration
from talent.services.self_check import answer_self_check, put_question, self_check_token

ENTERED_AGAIN, ANSWERED = "演示数据（再次录入）", "演示数据（年度核对）"
LOOK_ALIKES = 4
CONSENT = "演示数据：同意将所填信息用于家乡联络。"
REGISTRATIONS = (
    ("裴登记示例", "示例大学", "测绘工程", "演示单位01", "工程师", "可以介绍同行回乡考察。"),
    ("薛登记示例", "样板理工大学", "材料科学", "演示单位02", "研究员", "愿意为镁合金企业做技术咨询。"),
    ("卫登记示例", "虚构医科大学", "临床医学", "演示医院", "医师", "每年国庆可以回乡义诊两天。"),
)
CHANGES = ("换了工作单位，现在演示单位07任总工程师。", "搬到西安了，手机号码不变。", "今年博士毕业，留校任教。")


@transaction.atomic
def fill_demo_queues() -> int:
    """Put a few matters of each kind into the queues, once; return how many were put there."""
    if Person.objects.filter(is_demo=True, source=ENTERED_AGAIN).exists():
        return 0
    return _enter_look_alikes() + _register() + _answer()


def _enter_look_alikes() -> int:
    """Enter people a second time, as happens: without the number, under the same mobile."""
    people = Person.objects.active().filter(is_demo=True, source=REASON).order_by("pk")[:LOOK_ALIKES]
    for person in people:
        enter_person(
            person=Person(
                name=person.name, native_township=person.native_township, owner_unit=person.owner_unit,
                no_id_reason=REASON, source=ENTERED_AGAIN, is_demo=True, mobile=person.mobile,
            ),
            document=None,
            actor=None,
        )  # fmt: skip
    return len(people)


def _register() -> int:
    for number, (name, university, major, employer, post, offer) in enumerate(REGISTRATIONS):
        row = Registration(
            name=name, email=f"demo-native{number}@example.invalid", township=TOWNSHIPS[number],
            university_name=university, level=StudyLevel.MASTER, major=major, employer_name=employer, post=post,
            offer=offer, preferred_channel=PreferredChannel.EMAIL, consent_text=CONSENT,
        )  # fmt: skip
        codes: dict[int, str] = {}
        begin_registration(registration=row, send=partial(_keep, codes))
        confirm_registration(registration=row, code=codes[row.pk])
    return len(REGISTRATIONS)


def _keep(codes: dict[int, str], row: Registration, code: str) -> None:
    codes[row.pk] = code


def _answer() -> int:
    """Let people answer that something has changed. They have an address, since nobody else can be asked."""
    owners = list(Person.objects.filter(is_demo=True, source=REASON, owner_unit__isnull=False).order_by("pk")[:3])
    for number, message in enumerate(CHANGES):
        person = enter_person(
            person=Person(
                name=f"郑核对示例{number + 1}", email=f"demo-yearly{number}@example.invalid", no_id_reason=REASON,
                source=ANSWERED, is_demo=True, consent_on=timezone.localdate() - timedelta(days=400),
                consent_purpose=REASON, owner_unit=owners[number].owner_unit if number < len(owners) else None,
                native_township=TOWNSHIPS[number], preferred_channel=PreferredChannel.EMAIL,
            ),
            document=None,
            actor=None,
        )  # fmt: skip
        check = put_question(person=person, actor=None)
        answer_self_check(token=self_check_token(check), answer=SelfCheckAnswer.CHANGED, message=message)
    return len(CHANGES)
