"""English till receipts: Malaysian shops and restaurants, American and other styles. The family that real receipts resemble most."""
from ..chance import chance, choice, weighted
from ..sheet import Sheet
from .parts_header import details, header
from .parts_items import items_block
from .parts_till import junk, transaction_line, varieties
from .parts_totals import TotalsBlock, footer


def compose():
    sheet, varied = Sheet(False, 'receipt_english'), varieties()
    order = choice(('usual', 'usual', 'usual', 'usual', 'usual', 'usual', 'details last', 'header last'))
    dates, line_at = _dates(varied)
    if line_at == 'details' and order == 'details last':
        line_at = 'end'
    if order != 'header last' or chance(.3):
        header(sheet, varied)
        order = 'usual' if order == 'header last' else order
    if line_at == 'header':
        transaction_line(sheet)
    if order != 'details last':
        details(sheet, dates)
    if line_at == 'details':
        transaction_line(sheet)
    gross, quantity = items_block(sheet, is_cheap=chance(.6), is_varied='totals' in varied)
    TotalsBlock(sheet, gross, quantity, is_varied='totals' in varied).print()
    if order == 'details last':
        details(sheet, dates)
    if line_at == 'totals':
        transaction_line(sheet)
    if order == 'header last':
        header(sheet, varied)
    footer(sheet)
    if line_at == 'end':
        transaction_line(sheet)
    if 'junk' in varied:
        junk(sheet)
    return sheet


def _dates(varied):
    """How the details print dates, and after which part the till's own line stands (None: nowhere)."""
    if 'till' not in varied:
        return 'usual', None
    dates = weighted((('none', 70), ('odd', 18), ('other', 12)))
    line_at = weighted((('header', 20), ('details', 28), ('totals', 28), ('end', 24))) if dates == 'none' or chance(.25) else None
    return dates, 'end' if line_at == 'header' and dates != 'none' else line_at
