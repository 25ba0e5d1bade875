"""English till receipts: Malaysian shops and restaurants, American and other styles. The family that real receipts resemble most."""
from ..chance import chance, choice
from ..sheet import Sheet
from .parts_header import details, header
from .parts_items import items_block
from .parts_totals import TotalsBlock, footer


def compose():
    sheet = Sheet(False, 'receipt_english')
    order = choice(('usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'details last', 'header last'))
    if order != 'header last' or chance(.3):
        header(sheet)
        order = 'usual' if order == 'header last' else order
    if order != 'details last':
        details(sheet)
    gross, quantity = items_block(sheet)
    TotalsBlock(sheet, gross, quantity).print()
    if order == 'details last':
        details(sheet)
    if order == 'header last':
        header(sheet)
    footer(sheet)
    return sheet
