"""All the questions for a page, mixed. `page` makes what the trainer eats: a placed page with its questions."""
from .. import pages
from ..chance import choice, weighted
from ..placing import place
from .chat import ask_chat
from .checks import ask_check
from .fields import ask_fields
from .items import ask_items
from .naming import Blind, Reading, in_language
from .summary import ask_document
from .tables import ask_table
from .template_questions import ask_blind_template, ask_template

MOST_ANSWER, MOST_INSTRUCTION = 700, 2500
_FIELDS, _TEMPLATE = 42, 28  # a template's form is what the product asks


def ask_blind(sheet, count):
    """Like `ask`, for a page whose text is left out: nothing can be read, so every field is absent."""
    return _asked(sheet, count, [((ask_fields, True), 3), ((ask_blind_template, True), 2)], Blind(sheet))


def ask(sheet, count):
    """Up to `count` different (instruction, answer, kind) for the sheet as it was placed."""
    reading = Reading(sheet)
    return _asked(sheet, count, _makers(reading), reading)


def _asked(sheet, count, makers, reading):
    found, asked = [], set()
    for _ in range(4 * count):
        if len(found) == count:
            break
        maker, takes_reading = weighted(makers)
        question = maker(reading if takes_reading else sheet, in_language(sheet))
        if question and question[0] not in asked and question[1].strip() and len(question[1]) <= MOST_ANSWER and len(question[0]) <= MOST_INSTRUCTION:
            asked.add(question[0])
            found.append(question)
    return found


def _makers(reading):
    """[((maker, whether it takes the reading), weight)]: fields first, and what the page has besides."""
    sheet = reading.sheet
    share = min(1, len(sheet.fields) / 3)
    has_list = bool(sheet.items or sheet.tables or sheet.messages)
    return [((ask_fields, True), 3 + _FIELDS * share), ((ask_template, True), 2 + _TEMPLATE * share + 6 * has_list),
            ((ask_check, True), 7 if sheet.fields or sheet.items else 0),
            ((ask_items, False), 14 if sheet.items else 0), ((ask_table, False), 28 if sheet.tables else 0), ((ask_chat, False), 25 if sheet.messages else 0),
            ((ask_document, False), 1.5)]


def page(family=None, count=None):
    """(sheet, boxes, questions) of a random page."""
    while True:
        sheet = pages.compose(family)
        boxes = place(sheet)
        questions = ask(sheet, count or choice((2, 3, 4, 5)))
        if questions:
            return sheet, boxes, questions
