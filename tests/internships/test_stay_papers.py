"""Agreements, templates, certificates: filled in safely, confirmed by link, verified by strangers."""

import zipfile
from io import BytesIO

import pytest
from django.core import signing
from django.core.cache import cache
from django.test import Client, override_settings
from django.urls import reverse
from docx import Document
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from internships.enums import AgreementParty, SheetState, TemplateKind
from internships.models import AgreementSignature, AttendanceSheet, Certificate
from internships.services.certificate import issue_certificate, revoke_certificate
from internships.services.default_papers import default_template
from internships.services.paper_rendering import check_template, render
from internships.services.paper_templates import NAMES, newest, replace_template
from internships.services.placement import move_days
from internships.services.stay_agreement import confirm_by_link, generate, keep_scan, link_token, open_link
from tests.factories import stays
from tests.factories.accounts import staff
from tests.factories.stays import day, docx, pdf, rezipped
from tests.internships.test_stay_moves import refused
from wenxi_portal.core.errors import DomainError

SITE = "https://example.invalid/internships/certificate/"
KNOWN = {"student", "mentor", "host"}


def with_text(text):
    book = Document()
    book.add_paragraph(text)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def text_of(content):
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(content)).paragraphs)


@pytest.mark.parametrize("kind", TemplateKind)
def test_our_own_templates_pass_and_keep_the_page_settings(kind):
    content = default_template(kind)
    check_template(content, set(NAMES[kind]))
    section = Document(BytesIO(content)).sections[0]
    measures = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    assert [round(one.mm) for one in measures] == [210, 297, 37, 35]
    assert [round(one.mm) for one in (section.left_margin, section.right_margin)] == [28, 26]


def test_values_are_filled_in_as_plain_text():
    filled = render(
        with_text("{{ student }}{% if mentor %}，{{ mentor }}{% endif %}"), {"student": "<b>&{{ host }}", "mentor": ""}
    )
    assert text_of(filled) == "<b>&{{ host }}"


@pytest.mark.parametrize(
    "attack",
    [
        "{{ student.__class__ }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ student|upper }}",
        "{{ student * 999999999 }}",
        "{{ 'x' }}",
        "{% for a in student %}{{ a }}{% endfor %}",
        "{{ range(9) }}",
        "{{ student() }}",
        "{{ student[0] }}",
        "{% set x = student %}",
        "{% include 'x' %}",
        "{% import 'os' as x %}",
        "{% macro f() %}{% endmacro %}",
        "{{ self }}",
        "{{ lipsum }}",
        "{{ unknown }}",
        "{{ student",
        "{% if student %}",
        "{% if student %}" * 3000 + "{% endif %}" * 3000,
    ],
)
def test_a_template_can_do_nothing_but_name_values(attack):
    with pytest.raises(DomainError) as told:
        check_template(with_text(attack), KNOWN)
    assert told.value.field == "upload"


def test_attacks_are_refused_when_rendering_too():
    with pytest.raises(DomainError):
        render(with_text("{{ student.__class__ }}"), {"student": "x"})


def test_headers_and_properties_are_looked_at_as_well():
    book = Document()
    book.sections[0].header.paragraphs[0].text = "{{ student.__class__ }}"
    stream = BytesIO()
    book.save(stream)
    refused("template", check_template, content=stream.getvalue(), known=KNOWN)
    book = Document()
    book.core_properties.title = "{{ ().__class__ }}"
    stream = BytesIO()
    book.save(stream)
    refused("template", check_template, content=stream.getvalue(), known=KNOWN)


@pytest.mark.parametrize(
    "changes",
    [
        {"word/vbaProject.bin": b"x"},
        {"word/embeddings/oleObject1.bin": b"x"},
        {"word/_rels/settings.xml.rels": b'<Relationships><Relationship TargetMode="External"/></Relationships>'},
        {"word/extra.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'},
        {"word/big.xml": b"0" * (13 * 1024 * 1024)},
        {f"word/part{number}.bin": b"x" for number in range(201)},
    ],
    ids=["macro", "embedded", "external", "entity", "bomb", "parts"],
)
def test_dangerous_archives_are_refused_unread(changes):
    refused("template", check_template, content=rezipped(with_text("{{ student }}"), changes), known=KNOWN)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rubbish", b"%PDF-1.4"])
def test_what_is_no_word_document_is_refused(content):
    refused("template", check_template, content=content, known=KNOWN)


def test_a_workbook_is_no_template():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    refused("template", check_template, content=stream.getvalue(), known=KNOWN)


@pytest.mark.django_db
def test_templates_are_kept_in_versions():
    upload = with_text("甲方：{{ host }}，学生：{{ student }}")
    first = replace_template(kind=TemplateKind.AGREEMENT, upload=docx(upload), actor=staff(), note="首版")
    refused("same", replace_template, kind=TemplateKind.AGREEMENT, upload=docx(upload), actor=staff())
    refused("template", replace_template, kind=TemplateKind.AGREEMENT, upload=docx(with_text("{{ 1 }}")), actor=staff())
    refused("unknown", replace_template, kind=TemplateKind.AGREEMENT, upload=docx(with_text("{{ qr }}")), actor=staff())
    assert newest(TemplateKind.AGREEMENT) == first
    stay = stays.planned()
    agreement = generate(placement=stay, actor=None)
    assert agreement.template == first
    with agreement.file.open() as stream:
        assert text_of(stream.read()) == f"甲方：{stay.host.name}，学生：{stay.student.name}"


@pytest.mark.django_db
def test_a_double_click_makes_one_version_and_new_days_another():
    stay = stays.planned(5, 20)
    first = generate(placement=stay, actor=None)
    assert generate(placement=stay, actor=None) == first
    old = link_token(first, AgreementParty.SCHOOL)
    move_days(placement=stay, actor=staff(), starts_on=day(6), ends_on=day(21), reason="x")
    refused("void", open_link, token=old)
    second = generate(placement=stay, actor=None)
    assert second.version == 2
    refused("void", open_link, token=old)


@pytest.mark.django_db
def test_a_party_confirms_by_link_once_without_signing_in():
    stay = stays.planned()
    agreement = generate(placement=stay, actor=None)
    address = reverse("internships:agreement", args=[link_token(agreement, AgreementParty.SCHOOL)])
    client = Client()
    page = client.get(address).content.decode()
    assert stay.student.name not in page
    assert stay.student.name[0] in page
    assert text_of(client.get(f"{address}paper/").getvalue())
    assert client.post(address, {"signer": ""}).status_code == 200
    assert not agreement.signatures.exists()
    for _click in range(2):
        assert client.post(address, {"signer": "示例老师", "agree": "on"}).status_code == 200
    signature = agreement.signatures.get()
    assert (signature.party, signature.way, signature.actor) == ("school", "link", None)


@pytest.mark.django_db
def test_forged_and_old_links_tell_nothing():
    agreement = generate(placement=stays.planned(), actor=None)
    token = link_token(agreement, AgreementParty.SCHOOL)
    forged = [
        token[:-2],
        signing.dumps([agreement.pk, "school"]),
        signing.dumps("x", salt="internships.agreement"),
        "x",
    ]
    for one in forged:
        response = Client().get(reverse("internships:agreement", args=[one]))
        assert response.status_code == 410
        assert agreement.placement.host.name not in response.content.decode()
    with override_settings(AGREEMENT_LINK_DAYS=-1):
        refused("void", open_link, token=token)


@pytest.mark.django_db
def test_a_stamped_scan_signs_for_the_parties_it_names():
    stay = stays.planned()
    agreement = generate(placement=stay, actor=None)
    confirm_by_link(token=link_token(agreement, AgreementParty.STUDENT), signer="学生")
    refused("signer", keep_scan, agreement=agreement, upload=pdf(), signers={}, actor=staff())
    signers = {AgreementParty.STUDENT: "学生", AgreementParty.HOST: "单位", AgreementParty.SCHOOL: "学校"}
    keep_scan(agreement=agreement, upload=pdf(), signers=signers, actor=staff())
    ways = dict(AgreementSignature.objects.values_list("party", "way"))
    assert ways == {"student": "link", "host": "scan", "school": "scan"}


@pytest.fixture
def finished(db):
    """A stay that is over, with confirmed attendance and appraisal."""
    stay = stays.over()
    for month in {stay.starts_on.replace(day=1), *months_until(stay)}:
        stays.confirmed(stay, month)
    stays.appraised(stay)
    return stay


def months_until(stay):
    month = stay.starts_on.replace(day=1)
    while month <= stay.ends_on:
        yield month
        month = (month.replace(day=28) + (day(4) - day(0))).replace(day=1)


def test_a_certificate_waits_for_attendance_and_appraisal(db):
    stay = stays.on_post()
    refused("transition", issue_certificate, placement=stay, actor=staff(), site=SITE)
    done = stays.over()
    refused("sheets", issue_certificate, placement=done, actor=staff(), site=SITE)
    for month in months_until(done):
        stays.confirmed(done, month)
    refused("appraisal", issue_certificate, placement=done, actor=staff(), site=SITE)
    sheet = done.attendance_sheets.latest("month")
    AttendanceSheet.objects.filter(pk=sheet.pk).update(state=SheetState.OBJECTED)
    refused("objection", issue_certificate, placement=done, actor=staff(), site=SITE)


def test_the_code_on_the_paper_leads_to_the_page_that_shows_what_the_paper_shows(finished):
    certificate = issue_certificate(placement=finished, actor=staff(), site=SITE)
    with certificate.files.get().file.open() as stream:
        content = stream.read()
    with zipfile.ZipFile(BytesIO(content)) as archive:
        (name,) = [part for part in archive.namelist() if part.startswith("word/media/")]
        picture = Image.open(BytesIO(archive.read(name))).convert("L")
    address = f"{SITE}{certificate.code}/"
    expected = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    expected.add_data(address)
    expected.make(fit=True)
    matrix = expected.get_matrix()
    size = picture.width // len(matrix)
    middle = [number * size + size // 2 for number in range(len(matrix))]
    assert [[picture.getpixel((x, y)) < 128 for x in middle] for y in middle] == matrix
    page = Client().get(address.removeprefix("https://example.invalid")).content.decode()
    words = text_of(content) + "".join(
        cell.text for table in Document(BytesIO(content)).tables for row in table.rows for cell in row.cells
    )
    for value in certificate.shown.values():
        assert value in words, value
        assert value in page, value


def test_a_certificate_is_issued_once_verified_and_revoked(finished):
    one = issue_certificate(placement=finished, actor=staff(), site=SITE)
    assert issue_certificate(placement=finished, actor=staff(), site=SITE) == one
    with one.files.get().file.open() as stream:
        content = stream.read()
    assert one.code[:4] in text_of(content)
    assert len(Document(BytesIO(content)).inline_shapes) == 1
    page = Client().get(one.get_absolute_url()).content.decode()
    for value in one.shown.values():
        assert value in page
    for hidden in (finished.student.id_number, finished.student.masked_id, finished.student.emergency_name, "示例评语"):
        assert hidden not in page
    typed = Client().get(reverse("internships:enter_code"), {"code": f" {one.code[:8].lower()}-{one.code[8:]} "})
    assert typed.url == one.get_absolute_url()
    refused("reason", revoke_certificate, certificate=one, actor=staff(), reason="")
    revoke_certificate(certificate=one, actor=staff(), reason="姓名有误")
    page = Client().get(one.get_absolute_url()).content.decode()
    assert finished.student.name not in page
    assert one.number in page
    two = issue_certificate(placement=finished, actor=staff(), site=SITE)
    assert two.number != one.number
    assert Certificate.objects.filter(placement=finished, revoked_on__isnull=True).count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["0", "AAAABBBBCCCCDDDD", "a' OR 1=1", "零" * 16, "A" * 500])
def test_an_unknown_code_gets_a_friendly_page_without_hints(code):
    response = Client().get(reverse("internships:certificate", args=[code]))
    assert response.status_code == 404
    main = response.content.decode().partition("<main")[2].partition("<footer")[0]
    assert main
    assert code not in main or code == "0"


@pytest.mark.django_db
@override_settings(CERTIFICATE_LOOKUPS_AN_HOUR=3)
def test_codes_cannot_be_tried_out():
    cache.clear()
    address = reverse("internships:certificate", args=["AAAABBBBCCCCDDDD"])
    assert [Client().get(address).status_code for _try in range(5)] == [404, 404, 404, 429, 429]
    cache.clear()
