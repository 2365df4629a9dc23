"""Every address of internships outside the admin, and what it answers to whom. A new address needs its line here."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from internships import host_urls, me_urls, university_urls, urls
from internships.enums import AgreementParty
from internships.listings import POSITIONS
from internships.models import ServicePaper
from internships.services.attendance_objection import raise_objection
from internships.services.certificate import issue_certificate
from internships.services.evaluation import write_note
from internships.services.kept_files import keep_upload
from internships.services.nomination_words import nomination_token
from internships.services.stay_agreement import link_token
from internships.services.student_papers import keep_student_paper
from internships.services.transfer import transfer
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.care import ActivityFactory, LodgingFactory, ServiceFactory, ShuttleFactory, SupportFactory
from tests.factories.internships import NominationFactory, PositionFactory
from tests.factories.stays import member, pdf
from wenxi_portal.accounts.enums import Role
from wenxi_portal.audit.enums import Verb
from wenxi_portal.audit.models import AuditEntry
from wenxi_portal.saved_views.models import SeenRow
from wenxi_portal.saved_views.services.saved_view import save_view
from wenxi_portal.spreadsheets.models import ImportRun

pytestmark = pytest.mark.django_db

ROLES = ("student", "other_student", "host", "other_host", "university", "other_university", "officer")
STUDENTS, HOSTS, UNIVERSITIES = ROLES[:2], ROLES[2:4], ROLES[4:6]


def row(*args, post=False, stranger=302, others=404, **answers):
    """One line: the parts of the address, the answer to a stranger, to the roles named, and to all the others.

    ``hosts`` and ``universities`` name both of a kind.
    """
    told = dict.fromkeys(ROLES, others)
    for many, each in (("students", STUDENTS), ("hosts", HOSTS), ("universities", UNIVERSITIES)):
        if many in answers:
            told |= dict.fromkeys(each, answers.pop(many))
    return args, post, {"stranger": stranger, **told, **answers}


def own(*args, **answers):
    """The student of the world alone."""
    return row(*args, **{"student": 200, **answers})


def hosted(*args, **answers):
    """The host of the world alone."""
    return row(*args, **{"host": 200, **answers})


def everybody(*args, status=200):
    """A page for the public."""
    return row(*args, stranger=status, others=status)


def account(*args, **answers):
    """A page for whoever is signed in."""
    return row(*args, **{"others": 200, **answers})


TABLE = {
    "internships:position_list": everybody(),
    "internships:position_data": everybody("csv"),
    "internships:position": everybody("position"),
    "internships:position_calendar": everybody("position"),
    "internships:position_card": everybody("position"),
    "internships:window": everybody(),
    # The stay of this world is over: its link leads nobody anywhere any more.
    "internships:agreement": everybody("agreement", status=410),
    "internships:agreement_file": everybody("agreement", status=410),
    "internships:enter_code": everybody(),
    "internships:certificate": everybody("certificate"),
    "internships:nomination": everybody("token"),
    "internships:student_paper": own("student_paper", stranger=404, officer=200),
    "my_internships:recommended": account(),
    "my_internships:keep_search": account(),
    "my_internships:new_positions": own("mark"),
    "my_internships:living": own("stay"),
    "my_internships:take_seat": own("stay", "run", post=True, student=302),
    "my_internships:free_seat": own("stay", "run", post=True, student=302),
    "my_internships:activities": own("stay"),
    "my_internships:sign_up": own("stay", "activity", post=True, student=302),
    "my_internships:sign_off": own("stay", "activity", post=True, student=302),
    "my_internships:support_list": own("stay"),
    "my_internships:ask_support": own("stay"),
    "my_internships:support": own("case"),
    "my_internships:service_list": account(),
    "my_internships:service": own("service"),
    "my_internships:service_papers": own("service", post=True, student=302),
    "my_internships:service_paper": own("service_paper"),
    "my_internships:ask_service": account("guidance"),
    "my_internships:driving": row(officer=200),
    "my_internships:keeping": row(officer=200),
    "my_internships:stays": account(),
    "my_internships:stay": own("stay"),
    "my_internships:stay_agreement": own("stay", student=302),
    "my_internships:stay_agreement_file": own("stay"),
    "my_internships:stay_note": own("stay"),
    "my_internships:stay_feedback": own("stay"),
    "my_internships:stay_certificate": own("stay"),
    "my_internships:sheet": own("sheet"),
    "my_internships:home": account(),
    "my_internships:profile": account(others=302),
    "my_internships:profile_step": account("person"),
    # Without a profile there is nothing to keep papers with: first the profile.
    "my_internships:papers": row(others=302, students=200),
    # Who has applied is led to the application.
    "my_internships:apply": account("position", student=302),
    "my_internships:application": own("application"),
    "my_internships:answer": own("application", post=True, student=404),
    "my_internships:answer_nomination": own("nomination", post=True, student=302),
    "host_desk:positions": row(hosts=200),
    "host_desk:position_new": row(hosts=200),
    # Officers whom a message leads here are led on to their desk.
    "host_desk:position": hosted("position", officer=302),
    "host_desk:position_edit": hosted("position"),
    "host_desk:position_move": hosted("position", "confirm", post=True, host=302),
    "host_desk:interns": row(hosts=200),
    "host_desk:intern": hosted("stay"),
    "host_desk:intern_contact": hosted("stay", post=True),
    "host_desk:intern_agreement": hosted("stay", host=302),
    "host_desk:intern_agreement_file": hosted("stay"),
    "host_desk:appraisal": hosted("stay"),
    "host_desk:open_month": hosted("stay", "month", host=302),
    "host_desk:begin_month": hosted("stay", "month", post=True, host=302),
    "host_desk:note": hosted("note"),
    "host_desk:attendance": row(hosts=302),
    "host_desk:month": row("month", hosts=200),
    # Of the ticked stays only own ones are looked at; for others nothing is ticked.
    "host_desk:confirm_many": row("month", post=True, others=404, hosts=302),
    "host_desk:workbook": row("month", hosts=200),
    "host_desk:upload_workbook": row("month", post=True, hosts=200),
    "host_desk:sheet": hosted("sheet"),
    "host_desk:correct_sheet": hosted("sheet", post=True),
    "host_desk:objection": hosted("objection"),
    "host_desk:applicants": row(hosts=200),
    "host_desk:decide_many": row(post=True, hosts=302),
    "host_desk:applicant": hosted("application"),
    "host_desk:decide": hosted("application", post=True),
    "host_desk:contact": hosted("application", post=True),
    "university_desk:students": row(universities=200),
    "university_desk:agreement": row("stay", university=302),
    "university_desk:nominations": row(universities=200),
    "university_desk:nominate": row(universities=200),
    "university_desk:nomination_sheet": row(universities=200),
    "university_desk:nomination_template": row(universities=200),
    "university_desk:nomination_run": row("upload", university=200),
    "university_desk:withdraw_nomination": row("nomination", post=True, university=302),
}


@pytest.fixture
def people():
    """One of each role with a stay of the first, and others of the same kind whose stay is another."""
    stay, other = stays.over(), stays.planned()
    return {
        "stay": stay,
        "student": stay.student.user,
        "other_student": other.student.user,
        "host": stays.host_of(stay),
        "other_host": stays.host_of(other),
        "university": member(stay.student.university, Role.UNIVERSITY_LIAISON),
        "other_university": member(other.student.university, Role.UNIVERSITY_LIAISON),
        "officer": member(stay.lead_unit, Role.LEAD_UNIT_OFFICER),
    }


@pytest.fixture
def parts(people):
    """What stands in addresses, each belonging to the first student, host and university."""
    stay, student, officer = people["stay"], people["student"], people["officer"]
    months = sorted({stays.day(back).replace(day=1) for back in range(-70, -4)})
    sheet, *_later = [stays.confirmed(stay, month) for month in months]
    stays.appraised(stay)
    certificate = issue_certificate(placement=stay, actor=staff(), site="https://example.invalid/")
    student.emailaddress_set.update_or_create(email=student.email, defaults={"verified": True, "primary": True})
    nomination = NominationFactory(
        university=stay.student.university, email=student.email, nominated_by=people["university"]
    )
    service = ServiceFactory(user=student)
    view = save_view(owner=student, listing=POSITIONS, name="示例", params={}, tells=True)
    SeenRow.objects.create(view=view, record=10**9, look=1)
    ShuttleFactory(driver=officer)
    LodgingFactory(keeper=officer)
    upload = ImportRun.objects.create(
        sheet="internships.nomination", file_name="示例.xlsx", digest="0" * 64, uploaded_by=people["university"]
    )
    return {
        "stay": stay.pk,
        "position": stay.position_id,
        "application": stay.application_id,
        "sheet": sheet.pk,
        "month": f"{stay.starts_on:%Y-%m}",
        "note": write_note(placement=stay, actor=student, week=stay.starts_on, text="示例").pk,
        "objection": raise_objection(sheet=sheet, actor=student, text="示例").pk,
        "agreement": link_token(stay.agreements.get(), AgreementParty.HOST),
        "certificate": certificate.code,
        "nomination": nomination.pk,
        "token": nomination_token(nomination),
        "case": SupportFactory(placement=stay).pk,
        "service": service.pk,
        "service_paper": keep_upload(paper=ServicePaper(request=service), upload=pdf(), actor=student).identifier,
        "student_paper": keep_student_paper(
            student=stay.student, kind="other", upload=pdf(mark="2"), actor=student
        ).identifier,
        "run": ShuttleFactory().pk,
        "activity": ActivityFactory().pk,
        "mark": f"{view.pk}-1",
        "upload": upload.pk,
    }


def test_every_address_has_its_line():
    known = {f"{room.app_name}:{page.name}" for room in (urls, me_urls, host_urls, university_urls)
             for page in room.urlpatterns}  # fmt: skip
    assert known == set(TABLE)


def test_every_address_answers_as_its_line_says(people, parts):
    clients = {"stranger": Client()}
    for role in ROLES:
        clients[role] = Client()
        clients[role].force_login(people[role])
    wrong = []
    for name, (args, post, expected) in TABLE.items():
        address = reverse(name, args=[parts.get(arg, arg) for arg in args])
        found = {role: answer(client, address, post=post) for role, client in clients.items()}
        if found != expected:
            differ = {role: (found[role], expected[role]) for role in found if found[role] != expected[role]}
            wrong.append(f"{name}: {differ}")
    # Every line that differs, as role: (answer, expected answer).
    assert not wrong, "\n".join(wrong)


# How to reach a student who was transferred: who may look, while the first stay is fresh and when its time is over.
# (page, whose address, whose stay) → (fresh, over)
AFTER_A_TRANSFER = {
    ("intern_contact", "former_host", "first"): (200, 404),
    ("contact", "former_host", "application"): (200, 404),
    ("intern_contact", "new_host", "second"): (200, 200),
    ("intern_contact", "new_host", "first"): (404, 404),
    ("contact", "new_host", "application"): (404, 404),
    ("intern_contact", "former_host", "second"): (404, 404),
    ("intern_contact", "student", "second"): (404, 404),
    ("intern_contact", "university", "second"): (404, 404),
    ("intern_contact", "officer", "second"): (404, 404),
}


def test_after_a_transfer_the_contact_moves_on(settings):
    first = stays.on_post(-60, 30)
    second = transfer(
        placement=first,
        actor=staff(),
        position=PositionFactory(),
        on=stays.day(-1),
        ends_on=stays.day(30),
        reason="调岗",
    )
    paper = keep_student_paper(student=first.student, kind="other", upload=pdf(mark="3"), actor=first.student.user)
    first.application.papers.add(paper)
    keys = {"first": first.pk, "second": second.pk, "application": first.application_id}
    people = {
        "former_host": stays.host_of(first), "new_host": stays.host_of(second), "student": first.student.user,
        "university": member(first.student.university, Role.UNIVERSITY_LIAISON),
        "officer": member(second.lead_unit, Role.LEAD_UNIT_OFFICER),
    }  # fmt: skip
    for at, days in enumerate((settings.CONTACT_DAYS_AFTER_STAY, 0)):
        settings.CONTACT_DAYS_AFTER_STAY = days
        found = {}
        for name, who, whose in AFTER_A_TRANSFER:
            client = Client()
            client.force_login(people[who])
            response = client.post(reverse(f"host_desk:{name}", args=[keys[whose]]), {"reason": "有事联系"})
            found[name, who, whose] = response.status_code
            shown = first.student.user.email in response.content.decode()
            assert shown == (response.status_code == 200), (name, who, whose)
        assert found == {line: expected[at] for line, expected in AFTER_A_TRANSFER.items()}
        client.force_login(people["former_host"])
        address = reverse("internships:student_paper", args=[paper.identifier])
        assert answer(client, address, post=False) == (200, 404)[at]
    assert AuditEntry.objects.filter(verb=Verb.REVEALED, reason="有事联系").count() == 4
    # The page of the former intern still opens and says why.
    page = client.get(reverse("host_desk:intern", args=[first.pk])).content.decode()
    assert "由牵头单位联系" in page


def answer(client, address, *, post):
    """Return the status; whatever a press of the button changed is undone."""
    with transaction.atomic():
        response = client.post(address) if post else client.get(address)
        if response.streaming:
            # Read to the end, a file is closed.
            response.getvalue()
        transaction.set_rollback(True)
    return response.status_code
