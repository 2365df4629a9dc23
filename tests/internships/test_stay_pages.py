"""Who sees which page of a stay, and what is on it. Absent and forbidden look alike."""

import pytest
from django.test import Client
from django.urls import reverse

from internships.models import AttendanceSheet, Feedback, Placement
from internships.services.attendance import confirm_sheet, open_sheet
from internships.services.attendance_objection import raise_objection
from internships.services.evaluation import write_note
from internships.services.stay_agreement import generate
from tests.factories import stays
from tests.factories.accounts import UserFactory, staff
from tests.factories.stays import MARKS, day, member
from tests.internships.test_stay_moves import refused
from wenxi_portal.accounts.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """A stay with everything, and everybody who might look at it."""
    stay = stays.over()
    sheet = stays.confirmed(stay)
    stays.appraised(stay)
    note = write_note(placement=stay, actor=stay.student.user, week=stay.starts_on, text="私密周记内容")
    objection = raise_objection(sheet=sheet, actor=stay.student.user, text="示例异议")
    return {
        "stay": stay,
        "sheet": sheet,
        "note": note,
        "objection": objection,
        "student": stay.student.user,
        "host": stays.host_of(stay),
        "university": member(stay.student.university, Role.UNIVERSITY_LIAISON),
        "unit": member(stay.lead_unit, Role.LEAD_UNIT_OFFICER),
        "department": staff(Role.ORGANIZATION_DEPARTMENT),
        "auditor": staff(Role.AUDITOR),
        "finance": staff(Role.FINANCE),
        "other_student": stays.planned().student.user,
        "other_host": stays.host_of(stays.planned()),
        "other_university": member(stays.planned().student.university, Role.UNIVERSITY_LIAISON),
        "other_unit": member(stays.planned().lead_unit, Role.LEAD_UNIT_OFFICER),
        "nobody": UserFactory(),
        "stranger": None,
    }


# Page: who opens it. Everybody else gets 404 (in the admin 403 without the permission), strangers the sign-in.
TABLE = {
    "my_internships:stay": ("stay", {"student"}),
    "my_internships:stay_note": ("stay", {"student"}),
    "my_internships:stay_feedback": ("stay", {"student"}),
    "my_internships:sheet": ("sheet", {"student"}),
    "host_desk:intern": ("stay", {"host"}),
    "host_desk:appraisal": ("stay", {"host"}),
    "host_desk:sheet": ("sheet", {"host"}),
    "host_desk:note": ("note", {"host"}),
    "host_desk:objection": ("objection", {"host"}),
    "admin:internships_placement_change": ("stay", {"unit", "department", "auditor"}),
    "admin:internships_attendancesheet_change": ("sheet", {"unit", "department", "auditor"}),
}


def test_each_page_opens_for_its_own_people_alone(world):
    things = {subject for subject, _allowed in TABLE.values()}
    clients = {name: signed_in(user) for name, user in world.items() if name not in things}
    for page, (subject, allowed) in TABLE.items():
        address = reverse(page, args=[world[subject].pk])
        answers = {name: client.get(address).status_code for name, client in clients.items()}
        assert {name for name, status in answers.items() if status == 200} == allowed, page
        others = {name: status for name, status in answers.items() if name not in {*allowed, "stranger"}}
        assert set(others.values()) <= ({404, 403, 302} if page.startswith("admin:") else {404}), (page, others)
        assert answers["stranger"] in {404, 403, 302}, page


def signed_in(user):
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def test_universities_see_who_is_where_and_never_how_it_went(world):
    client = signed_in(world["university"])
    page = client.get(reverse("university_desk:students")).content.decode()
    assert world["stay"].student.name in page
    assert world["stay"].host.name in page
    for hidden in ("示例评语", "私密周记内容", "示例异议", world["stay"].appraisal.get_grade_display()):
        assert hidden not in page
    assert signed_in(world["student"]).get(reverse("university_desk:students")).status_code == 404
    other = signed_in(world["other_university"]).get(reverse("university_desk:students")).content.decode()
    assert world["stay"].student.name not in other


def test_lists_show_the_own_rows(world):
    assert world["stay"].host.name in signed_in(world["student"]).get(reverse("my_internships:stays")).content.decode()
    interns = reverse("host_desk:interns")
    assert world["stay"].student.name in signed_in(world["host"]).get(interns).content.decode()
    assert world["stay"].student.name not in signed_in(world["other_host"]).get(interns).content.decode()
    assert signed_in(world["student"]).get(interns).status_code == 404


def test_a_host_never_reads_the_students_feedback(world):
    Feedback.objects.create(placement=world["stay"], work=1, guidance=1, living=1, text="只给县里看的话")
    page = signed_in(world["host"]).get(reverse("host_desk:intern", args=[world["stay"].pk])).content.decode()
    assert "只给县里看的话" not in page
    desk = signed_in(world["unit"]).get(reverse("admin:internships_placement_change", args=[world["stay"].pk]))
    assert "只给县里看的话" in desk.content.decode()


def test_the_host_fills_a_month_and_confirms_it():
    stay = stays.on_post(-70, 20)
    client = signed_in(stays.host_of(stay))
    month = f"{stay.starts_on:%Y-%m}"
    begin = client.post(reverse("host_desk:begin_month", args=[stay.pk, month]))
    address = begin.url
    form = client.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    key = next(name for name in values if name.startswith("day_"))
    values |= {key: "half", "revision": form["revision"].value(), "confirm": "1"}
    assert client.post(address, values).status_code == 302
    sheet = AttendanceSheet.objects.get(placement=stay)
    assert (sheet.state, sheet.marks[key[4:]]) == ("confirmed", "half")
    again = client.post(address, values)
    assert again.status_code == 200
    assert again.context["form"].errors
    board = client.get(reverse("host_desk:month", args=[month]))
    assert len(board.context["rows"]) == 1
    assert client.get(reverse("host_desk:attendance")).status_code == 302
    assert client.get(reverse("host_desk:workbook", args=[month])).getvalue()


def test_many_months_are_confirmed_at_once_of_own_interns_only():
    stay, other = stays.on_post(-70, 20), stays.on_post(-70, 20)
    client = signed_in(stays.host_of(stay))
    address = reverse("host_desk:confirm_many", args=[f"{stay.starts_on:%Y-%m}"])
    client.post(address, {"stay": [stay.pk, other.pk, "x"]})
    assert list(AttendanceSheet.objects.values_list("placement", "state")) == [(stay.pk, "confirmed")]
    client.post(address, {"stay": [stay.pk]})
    assert AttendanceSheet.objects.count() == 1


def test_a_student_objects_and_the_host_answers():
    stay = stays.on_post(-70, 20)
    sheet = stays.confirmed(stay)
    student, host = signed_in(stay.student.user), signed_in(stays.host_of(stay))
    address = reverse("my_internships:sheet", args=[sheet.pk])
    assert student.post(address, {"text": ""}).context["form"].errors
    assert student.post(address, {"text": "3日到岗"}).status_code == 302
    objection = sheet.objections.get()
    answer = reverse("host_desk:objection", args=[objection.pk])
    assert host.post(answer, {"verdict": "upheld", "answer": "属实"}).status_code == 302
    assert AttendanceSheet.objects.get(state="draft").version == 2
    assert "属实" in student.get(address).content.decode()


def test_notes_feedback_and_appraisal_by_their_pages():
    stay = stays.over()
    student, host = signed_in(stay.student.user), signed_in(stays.host_of(stay))
    note = reverse("my_internships:stay_note", args=[stay.pk])
    assert student.post(note, {"week": stay.starts_on, "text": "示例周记"}).status_code == 302
    assert student.post(note, {"week": day(30), "text": "示例周记"}).context["form"].errors
    feedback = reverse("my_internships:stay_feedback", args=[stay.pk])
    assert student.post(feedback, {"work": 5, "guidance": 4, "living": 3}).status_code == 302
    appraisal = reverse("host_desk:appraisal", args=[stay.pk])
    assert host.post(appraisal, {**MARKS, "text": ""}).context["form"].errors
    assert host.post(appraisal, {**MARKS, "keep": "1"}).status_code == 302
    page = student.get(reverse("my_internships:stay", args=[stay.pk])).content.decode()
    assert MARKS["text"] not in page
    assert host.post(appraisal, {**MARKS, "give": "1"}).status_code == 302
    page = student.get(reverse("my_internships:stay", args=[stay.pk])).content.decode()
    assert MARKS["text"] in page
    reply = reverse("host_desk:note", args=[stay.weekly_notes.get().pk])
    assert host.post(reply, {"reply": "继续加油"}).status_code == 302


def test_the_pages_of_a_stay_ask_a_fixed_number_of_questions(django_assert_max_num_queries):
    stay = stays.on_post(-70, 20)
    stays.confirmed(stay)
    client = signed_in(stay.student.user)
    with django_assert_max_num_queries(24):
        client.get(reverse("my_internships:stay", args=[stay.pk]))


@pytest.fixture
def officer():
    stay = stays.planned(0, 30)
    return stay, signed_in(member(stay.lead_unit, Role.LEAD_UNIT_OFFICER))


def deed(name, stay):
    return reverse(f"admin:internships_placement_{name}", args=[stay.pk])


def test_an_officer_makes_a_stay_ready_on_the_desk(officer):
    stay, client = officer
    assert client.get(deed("make_ready", stay)).status_code == 200
    refused_page = client.post(deed("make_ready", stay))
    assert refused_page.status_code == 200
    insurance = {
        "insurer": "示例保险", "policy_number": "A1", "sum_insured": "330000",
        "starts_on": stay.starts_on.isoformat(), "ends_on": stay.ends_on.isoformat(),
    }  # fmt: skip
    assert client.post(deed("insure", stay), insurance).status_code == 302
    assert client.post(deed("generate", stay)).status_code == 302
    scan = {"upload": stays.pdf(), "student": "甲", "host": "乙", "school": "丙"}
    assert client.post(deed("keep_scan", stay), scan).status_code == 302
    assert client.post(deed("make_ready", stay)).status_code == 302
    assert client.post(deed("make_ready", stay)).status_code == 409
    assert client.post(deed("start", stay), {"on": day(0).isoformat()}).status_code == 302
    assert Placement.objects.get(pk=stay.pk).state == "on_post"
    case = client.get(reverse("admin:internships_placement_change", args=[stay.pk]))
    assert case.status_code == 200
    paper = stay.agreements.get()
    address = reverse("admin:internships_placement_paper", args=[stay.pk, paper.identifier])
    assert client.get(address).getvalue()
    other = stays.planned()
    generate(placement=other, actor=None)
    foreign = reverse("admin:internships_placement_paper", args=[stay.pk, other.agreements.get().identifier])
    assert client.get(foreign).status_code == 404


def test_every_deed_has_its_page_where_the_state_allows_it(officer):
    stay, client = officer
    for name in ("insure", "generate", "send_link", "confirm_enrolment", "guardian", "assign", "move_days", "cancel"):
        assert client.get(deed(name, stay)).status_code == 200
    for name in ("start", "interrupt", "resume", "extend", "transfer", "end_early", "complete", "outcome"):
        assert client.get(deed(name, stay)).status_code == 404
    running = stays.on_post()
    client = signed_in(staff(Role.ORGANIZATION_DEPARTMENT))
    for name in ("interrupt", "extend", "transfer", "end_early", "complete", "cancel_insurance"):
        assert client.get(deed(name, running)).status_code == 200
    done = stays.over()
    for name in ("outcome", "issue_certificate", "revoke_certificate"):
        assert client.get(deed(name, done)).status_code == 200


def test_auditors_look_and_do_nothing(officer):
    stay, _client = officer
    auditor = signed_in(staff(Role.AUDITOR))
    assert auditor.get(deed("make_ready", stay)).status_code == 403
    assert auditor.post(deed("cancel", stay), {"reason": "x"}).status_code == 403
    for page in ("accepted", "board"):
        assert auditor.get(reverse(f"admin:internships_placement_{page}")).status_code == 200
        assert signed_in(staff(Role.FINANCE)).get(reverse(f"admin:internships_placement_{page}")).status_code == 403


def test_many_stays_at_once(officer):
    stay, client = officer
    second = stays.planned(0, 30, position=stay.position)
    Placement.objects.filter(pk=second.pk).update(lead_unit=stay.lead_unit)
    listed = reverse("admin:internships_placement_changelist")
    chosen = {"_selected_action": [stay.pk, second.pk]}
    ask = client.post(listed, {**chosen, "action": "insure_selected"})
    values = {
        "insurer": "示例保险", "policy_number": "团单1", "sum_insured": "330000",
        "starts_on": day(0).isoformat(), "ends_on": day(40).isoformat(), "upload": stays.pdf(),
    }  # fmt: skip
    assert client.get(ask.url).status_code == 200
    assert client.post(ask.url, values).status_code == 302
    assert stay.insurances.get().paper == second.insurances.get().paper
    for one in (stay, second):
        stays.agreed(one)
    client.post(listed, {**chosen, "action": "make_ready_selected"})
    client.post(listed, {**chosen, "action": "start_selected"})
    assert set(Placement.objects.filter(pk__in=[stay.pk, second.pk]).values_list("state", flat=True)) == {"on_post"}


def test_lists_boards_and_today_open(officer):
    stay, client = officer
    for address in (
        reverse("admin:internships_placement_changelist"),
        f"{reverse('admin:internships_placement_changelist')}?stage=planned&cover=gap&q={stay.student.name}",
        f"{reverse('admin:internships_placement_board')}?by=university",
        reverse("admin:internships_papertemplate_changelist"),
        reverse("admin:internships_certificate_changelist"),
        reverse("admin:internships_attendancesheet_changelist"),
        reverse("admin:index"),
    ):
        assert client.get(address).status_code == 200, address
    for file in ("placement_export_office", "papertemplate_agreement_in_use", "papertemplate_certificate_in_use"):
        assert client.get(reverse(f"admin:internships_{file}")).getvalue()


def test_the_department_replaces_a_template(officer):
    from internships.enums import TemplateKind
    from internships.services.default_papers import default_template

    content = default_template(TemplateKind.CERTIFICATE)
    address = reverse("admin:internships_papertemplate_new")
    values = {"kind": "certificate", "upload": stays.docx(content), "note": "x"}
    assert officer[1].post(address, values).status_code == 403
    client = signed_in(staff(Role.ORGANIZATION_DEPARTMENT))
    assert client.get(address).status_code == 200
    values["upload"] = stays.docx(content)
    assert client.post(address, values).status_code == 302


def test_sheets_on_the_desk(officer):
    stay = stays.on_post(-70, 20)
    sheet = open_sheet(placement=stay, month=stay.starts_on)
    client = signed_in(member(stay.lead_unit, Role.LEAD_UNIT_OFFICER))
    confirm = reverse("admin:internships_attendancesheet_confirm", args=[sheet.pk])
    assert client.post(confirm).status_code == 302
    refused("transition", confirm_sheet, sheet=sheet, actor=staff())
    correct = reverse("admin:internships_attendancesheet_correct", args=[sheet.pk])
    assert client.post(correct, {"reason": "更正"}).status_code == 302
