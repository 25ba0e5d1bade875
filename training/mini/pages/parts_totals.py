"""The sums of English bills: subtotal, discount, service, tax, rounding, total, payment, tax summary,
in many orders and wordings, with arithmetic that adds up."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, weighted
from ..lexicon import cased, words
from ..values import money
from . import parts_repeats
from .parts_bills import amount_style, masked_card, tendered

TOTAL = ('TOTAL|TOTAL|Total|Total|TOTAL RM|GRAND TOTAL|Grand Total|Total (RM)|TOTAL AMOUNT|Total Amount|NETT TOTAL|NET TOTAL|Nett Total|AMOUNT DUE|'
         'Amount Due|Total Payable|TOTAL DUE|Total Due|NET AMOUNT|Net Amount|BALANCE DUE|NETT AMT|TOTAL AMT PAYABLE|AMOUNT PAYABLE|BILL TOTAL|'
         'Bill Total|Total to Pay|Order Total|Total Amount Payable|TOTAL SALES|Total Sales|Nett Total (RM)|TOTAL (RM)|TOTAL:RM|NET TOTAL (RM)|'
         'Total Bill|Bill Amount|Amt Due|JUMLAH|JUMLAH (RM)|Jumlah Besar|TOTAL PAYABLE (RM)|Final Total|Amt Payable|TOTAL AMT|Total Amt|'
         'TOTAL PRICE|GRAND TOTAL (RM)|INVOICE TOTAL|NETT|Nett Amount|NET PAYABLE|SALE TOTAL|Total Charge|TOTAL CHARGES|CASH TOTAL|Total RM|'
         'Total MYR|TOTAL USD').split('|')
TOTAL_WITH_TAX = ('Total (Incl. GST)|TOTAL INCL. GST|TOTAL SALES (INCLUSIVE OF GST)|TOTAL RM INCL. OF GST|Total Sales Inclusive GST @6%|'
                  'Total inclusive of GST|TOTAL AMT INCL. GST @ 6%|Total Incl. GST@6%|Total Inc GST|TOTAL (INC GST)|Total Sales (Incl. GST)|'
                  'TOTAL INCLUSIVE GST|Total Incl GST 6%|Total With Tax|TOTAL INCL TAX|Total Amount (Incl. Tax)|Amount Incl. GST|TOTAL (GST INCL)|'
                  'Total (Inclusive of GST)|GRAND TOTAL INCL. SST|Total Sales (Inclusive SST)|TOTAL INCL. SVC & TAX').split('|')
TOTAL_ROUNDED = ('ROUNDED TOTAL (RM)|Rounded Total|TOTAL AFTER ROUNDING|Rounded Total (RM)|Total Rounded|TOTAL ROUNDED|'
                 'Total After Adj|Total After Rounding|Net Total Rounded|ROUNDED TOTAL|TOTAL PAYABLE AFTER ROUNDING|Total Amt Rounded|'
                 'Total After Adjustment').split('|')
SUBTOTAL = ('SUBTOTAL|Subtotal|Sub Total|SUB TOTAL|SUB-TOTAL|Sub-Total|SUBTOTAL (RM)|Sub Total (RM)|Item Total|GROSS AMOUNT|Gross Total|S/TOTAL|'
            'SUB-TTL|Merchandise Subtotal|Sub-total:').split('|')
SUBTOTAL_WITHOUT_TAX = ('Sub Total (Excl. GST)|TOTAL EXCL. GST|Total Before Tax|TOTAL SALES (EXCLUDING GST)|TAXABLE AMOUNT|Amount before GST|'
                        'TOTAL EXCLUDING GST|Total (Excluding GST)|Total Excl GST|Amount Excl. GST|TOTAL (EXCL GST)|Net Sales|Sub Total Exc. GST|'
                        'TOTAL BEFORE GST|Total Sales (Excl. Tax)|Subtotal exclusive of tax').split('|')
TAX = ('GST {0}%|GST @{0}%|TAX|Sales Tax|GST|{0}% GST|GST PAYABLE|TOTAL GST|VAT {0}%|SST {0}%|TAX {0}%|GST AMOUNT|Tax ({0}%)|ADD GST ({0}%)|'
       'Total Tax|GST ({0}%)|Tax Amount|State Tax {0}%|GST @ {0}.00%|Add : GST|VAT|Tax 1|SERVICE TAX {0}%|Govt Tax {0}%|TOTAL TAX|HST {0}%|'
       'Estimated tax').split('|')
ROUNDING = ('ROUNDING|Rounding Adj|ROUNDING ADJUSTMENT|Rounding|ROUND ADJ|ROUNDING (RM)|Rnd Adj|Round Off|ROUNDING ADJ.|Bill Rounding|Adjustment|'
            'Rounding Adj.(RM)|Rounding Amount|R.ADJ').split('|')
DISCOUNT = ('DISCOUNT|Discount|DISC|Total Discount|LESS DISCOUNT|Member Disc|TOTAL SAVING|Less: Discount|Bill Discount {0}%|DISC {0}%|'
            'Discount ({0}%)|Voucher|Promo Discount|Coupon|Senior Disc|STAFF DISC').split('|')
SERVICE = ('SERVICE CHARGE|Svc Chg {0}%|Service Charge ({0}%)|SERV. CHARGE {0}%|Service Chg|SVC CHARGE @ {0}%|Serv Tax|Gratuity|S. Charge|'
           '{0}% Service Charge').split('|')
CASH = ('CASH|CASH|Cash|Cash|CASH TENDERED|Cash Tendered|PAID|AMOUNT TENDERED|TENDER|Cash Received|CASH RM|Payment|TENDERED|Amount Paid|'
        'PAID AMOUNT|CASH PAID|Tunai|Received|Pay By Cash').split('|')
CHANGE = 'CHANGE|Change|CHANGE DUE|CHANGE RM|Balance|CHANGE (RM)|CHANGES|Change Due|BAKI|Change Given|Balance Change|CASH CHANGE|Change Amt'.split('|')
CARDS = 'VISA|MASTER|VISA CARD|MASTERCARD|Credit Card|CREDIT CARD|AMEX|DEBIT CARD|Debit|MYDEBIT|Touch n Go|E-WALLET|Boost|GrabPay|VISA CREDIT|CARD'.split('|')
QUANTITY = ('Total Qty|TOTAL QTY|Item Count|No. of Items|QTY|ITEM|TOTAL ITEMS|Items Sold|Total Item(s)|Qty(s)|Total Quantity|NO OF ITEMS|Item(s)|'
            'TOTAL QUANTITY|# ITEMS SOLD').split('|')
FOOTERS = ('THANK YOU|THANK YOU PLEASE COME AGAIN|GOODS SOLD ARE NOT RETURNABLE|EXCHANGE WITHIN 7 DAYS WITH RECEIPT|PRICES INCLUSIVE OF GST|'
           'PLEASE COME AGAIN !|CUSTOMER COPY|*** THANK YOU ***|NO REFUND|THIS IS A COMPUTER GENERATED INVOICE|KEEP THE RECEIPT|'
           'LIKE US ON FACEBOOK|HAVE A NICE DAY|NO SIGNATURE REQUIRED|POWERED BY|FREE WIFI PASSWORD|GOODS SOLD ARE NOT REFUNDABLE|'
           'NO EXCHANGE NO REFUND|TERIMA KASIH|SILA DATANG LAGI|CUSTOMER SERVICE HOTLINE|PLEASE KEEP THIS RECEIPT FOR PROOF OF PURCHASE|'
           'ALL PRICES IN RM|E. & O. E.|TAX INVOICE WILL BE ISSUED ON REQUEST|Please check your change|Thank you for shopping with us|SEE YOU SOON|'
           'Follow us @|Have your say').split('|')


class Sums:
    """What a bill comes to. Tax is added to the prices or contained in them."""

    def __init__(self, gross):
        self.gross = gross
        self.discount_percent = choice((5, 10, 15, 20, 30)) if chance(.18) else 0
        self.discount = round(gross * self.discount_percent / 100, 2)
        self.service_percent = choice((5, 10, 10)) if chance(.14) else 0
        net = gross - self.discount
        self.service = round(net * self.service_percent / 100, 2)
        net = round(net + self.service, 2)
        self.has_tax = chance(.55)
        self.tax_is_contained = chance(.5)
        self.rate = choice((6, 6, 6, 6, 8, 8.25, 10, 7, 5, 20))
        if not self.has_tax:
            self.tax, self.before_tax, self.with_tax = 0., net, net
        elif self.tax_is_contained:
            self.with_tax, self.tax = net, round(net - net / (1 + self.rate / 100), 2)
            self.before_tax = round(net - self.tax, 2)
        else:
            self.before_tax, self.tax = net, round(net * self.rate / 100, 2)
            self.with_tax = round(net + self.tax, 2)
        self.has_rounding = chance(.38)
        self.rounding = round(round(self.with_tax * 20) / 20 - self.with_tax, 2) if self.has_rounding else 0.
        self.total = round(self.with_tax + self.rounding, 2)


def _label(labels, rate=6):
    text = choice(labels).format(rate)
    return text if chance(.9) else cased(text, choice(('u', 't', 'l')))


def _total_label(sums):
    if sums.has_rounding and chance(.35):
        return _label(TOTAL_ROUNDED)
    return _label(TOTAL_WITH_TAX) if sums.has_tax and chance(.25) else _label(TOTAL)


class TotalsBlock:
    """Prints the sums of one bill; `sums` are the numbers. `is_varied`: with totals named again and other amounts around the total."""

    def __init__(self, sheet, gross, quantity, is_varied=False):
        self.is_varied = is_varied
        self.sheet, self.sums, self.quantity = sheet, Sums(gross), quantity
        self.style = amount_style(False)
        self.total_label = _total_label(self.sums)
        self.used = {self.total_label.lower()}
        self.size = choice((1, 1, 1, 1.3, 1.6))
        self.total_text = ''

    def _line(self, key, labels, value, rate=6, size=1):
        """Prints a line unless its label stands on the bill already. The key 'label:' means the label itself."""
        label = _label(labels, rate)
        if label.lower() in self.used:
            return
        self.used.add(label.lower())
        self.style.line(self.sheet, 'label:' + label if key == 'label:' else key, label, value, size)

    def print(self):
        sums, before = self.sums, []
        self._quantity(.3)
        if chance(.55):
            before.append(lambda: self._line('subtotal', SUBTOTAL, sums.gross))
        if sums.discount:
            before.append(lambda: self._line('discount', DISCOUNT, self.style.negative(sums.discount), sums.discount_percent))
        elif chance(.1):
            before.append(lambda: self._line('discount', DISCOUNT, '0.00', 0))
        if sums.service:
            before.append(lambda: self._line('service', SERVICE, sums.service, sums.service_percent))
        if chance(.08):
            shuffle(before)
        for print_line in before:
            print_line()
        self._taxes()
        self._total_and_payment()
        if chance(.3) and (sums.has_tax or chance(.2)):
            self._tax_summary()
        if self.is_varied:
            parts_repeats.after(self)
        self._after()

    def _total_and_payment(self):
        if not self.is_varied:
            self._total()
            self._payment()
            return
        parts_repeats.above_total(self)
        if not self.sums.has_rounding and chance(.12):
            parts_repeats.apart_columns(self)
            return
        pays_first = chance(.15)
        if pays_first:
            self._payment()
        if self.sums.has_rounding or chance(.5):
            parts_repeats.total(self)
        else:
            self._total()
        if not pays_first:
            self._payment()

    def _quantity(self, likelihood):
        if chance(likelihood):
            sheet, label = self.sheet, _label(QUANTITY)
            sheet.style = choice(('one', 'two', 'two', 'right'))
            sheet.pair('qtytotal', label, str(self.quantity), self.style.x, .5, end=choice((.5, .98)))

    def _taxes(self):
        """Everything between the subtotal and the total: amounts that look like totals are its distractors."""
        sums = self.sums
        if not sums.has_tax:
            if chance(.06):
                self._line('tax', TAX, 0., 0)
            return
        key = 'label:' if 'subtotal' in self.sheet.fields else 'subtotal'
        if chance(.5):
            self._line(key, SUBTOTAL_WITHOUT_TAX, sums.before_tax)
        if not sums.tax_is_contained or chance(.75):
            self._line('tax', TAX, sums.tax, sums.rate)

    def _total(self):
        sums, sheet = self.sums, self.sheet
        is_apart = sums.has_rounding and chance(.7)
        if is_apart:  # the sum before rounding has a line of its own
            self._line(None, TOTAL_WITH_TAX if sums.has_tax else TOTAL, sums.with_tax)
        late = sums.has_rounding and chance(.12)
        if sums.has_rounding and not late:
            self._line('rounding', ROUNDING, self.rounding_text())
        if chance(.03):
            sheet.row((choice('-=') * 30, .5, 'c'))
        if chance(.05) and 'qtytotal' not in sheet.fields:
            self._total_beside_quantity()
        else:
            self.total_text = self.style.line(sheet, 'total', self.total_label, sums.total, self.size)
        if late:
            self._line('rounding', ROUNDING, self.rounding_text())
        self._quantity(.08 if 'qtytotal' not in sheet.fields else 0)

    def _total_beside_quantity(self):
        """Both in one row, as in 'Items: 3   Total: 12.00'."""
        sheet, separator = self.sheet, choice((': ', ':', ' '))
        label, quantity_label = sheet.seen(self.total_label), sheet.seen(_label(QUANTITY))
        quantity, self.total_text = sheet.seen(str(self.quantity)), sheet.seen(self.style.amount(self.sums.total))
        sheet.put('qtytotal', quantity, quantity_label)
        sheet.put('total', self.total_text, label)
        if chance(.5):
            sheet.row((quantity_label + separator + quantity, .02), (label + separator + self.style.currency + self.total_text, .45))
        else:
            sheet.row((quantity_label, .02), (quantity, .3), (label, .45), (self.style.currency + self.total_text, .98, 'r'))

    def rounding_text(self):
        text = money(abs(self.sums.rounding))
        if self.sums.rounding < 0:
            return choice((f'-{text}', f'-{text}', f'({text})', f'{text}-'))
        return choice((text, text, text, f'+{text}'))

    def _payment(self):
        total = self.sums.total
        if not chance(.7):
            return
        if chance(.75):
            paid = tendered(total)
            label = _label(CASH)
            if label.lower() not in self.used:
                self.style.line(self.sheet, 'cash', label, paid)
                self.used.add(label.lower())
            if label.upper() == 'CASH':
                self.sheet.put('pay', self.sheet.labels.get('cash', label))
            if chance(.85):
                self._line('change', CHANGE, round(paid - total, 2))
        else:
            label = choice(CARDS)
            row = len(self.sheet.rows)
            self.style.line(self.sheet, None, label, total)
            if label in self.sheet.rows[row].cells[0].text:
                self.sheet.put('pay', label)
            if chance(.5):
                self._card_slip()
            if chance(.2):
                self._line('change', CHANGE, 0.)

    def _card_slip(self):
        sheet = self.sheet
        sheet.style = choice(('one', 'two'))
        lines = [('label:', 'CARD NO', masked_card()), ('label:', choice(('APPR CODE', 'APPROVAL CODE', 'AUTH CODE')), digits(6)), ('label:', 'TID', digits(8)),
                 ('label:', 'MID', digits(15)), ('label:', choice(('BATCH NO', 'BATCH')), digits(6)), ('label:', 'TRACE NO', digits(6)),
                 ('refno', 'REF NO', digits(12))]
        shuffle(lines)
        for key, label, value in lines[:randint(1, 5)]:
            sheet.pair('label:' + label if key == 'label:' else key, label, value, .02, .4)

    def _tax_summary(self):
        """The table of tax codes: its amounts compete with the bill's."""
        sheet, sums = self.sheet, self.sums
        base, tax = (sums.before_tax, sums.tax) if sums.has_tax else (sums.total, 0.)
        shares = [(choice(('SR @6%', 'S = 6%', 'SR', 'SR (6%)', 'T1', 'S', 'GST @ 6%')), base, tax)]
        if chance(.5):
            rest = round(choice((0., 0., base * .2)), 2)
            shares = [(shares[0][0], round(base - rest, 2), tax), (choice(('Z = 0%', 'ZRL', 'ZR @0%', 'E', 'Z', 'ZRE (0%)')), rest, 0.)]
        heading = choice((('GST SUMMARY', 'AMOUNT(RM)', 'TAX(RM)'), ('GST Summary', 'Amount', 'Tax'), ('Tax Code', 'Amt (RM)', 'Tax (RM)'),
                          ('GST Analysis', 'Goods', 'GST'),
                          ('TAX SUMMARY', 'AMOUNT', 'TAX AMT'), ('Code', 'Net Amt', 'GST')))
        middle, places = choice((.6, .7)), choice(('r', 'r', 'l'))
        sheet.row((heading[0], .02), (heading[1], middle, places), (heading[2], .98, 'r'))
        tax_text = ''
        for code, amount, share in shares:
            text = sheet.seen(money(share))
            tax_text = tax_text or text
            rate = (f'{sums.rate:g}%', .35) if chance(.2) else ('', 0)
            sheet.row((code, .02), rate, (sheet.seen(money(amount)), middle, places), (text, .98, 'r'))
        if sums.has_tax:
            sheet.put('tax', tax_text)
        if chance(.5):
            sheet.row((choice(('TOTAL', 'Total', 'TOTAL:', 'Total GST')), .02), (sheet.seen(money(base)), middle, places), (sheet.seen(money(tax)), .98, 'r'))

    def _after(self):
        sheet = self.sheet
        sheet.style = choice(('one', 'two'))
        if chance(.06):
            sheet.row((choice(('YOU SAVED', 'TOTAL SAVINGS', 'You have saved RM', 'Total Savings :')), .1), (money(self.sums.discount or .5), .9, 'r'))
        if chance(.1):
            sheet.row((choice(('TOTAL', 'Total Paid', 'SALE AMOUNT', 'TOTAL RM', 'Amount')), .3), (self.style.currency + self.total_text, .98, 'r'))
        if chance(.05):
            self._tips()
        if chance(.13):
            sheet.pair('memberno', choice(('CARD NO', 'Member No', 'LOYALTY CARD', 'Member ID', 'MEMBERSHIP NO.')), digits(choice((8, 10, 16))), .02, .5)
        if chance(.13):
            sheet.pair('points', choice(('POINTS EARNED', 'Points', 'Points Awarded', 'Current Points', 'PTS EARNED')), digits(randint(1, 3)), .02, .5)
            if chance(.4):
                label = choice(('POINTS BALANCE', 'Accumulated Points', 'Previous Points'))
                sheet.pair('label:' + label, label, digits(randint(3, 5)), .02, .5)

    def _tips(self):
        """Lines to fill in and suggestions: amounts that were not paid."""
        total = self.sums.total
        if chance(.5):
            self.sheet.row((choice(('TIP', 'Tip:', 'Gratuity')), .1), ('_' * 10, .5))
            self.sheet.row((choice(('TOTAL', 'Total:')), .1), ('_' * 10, .5))
        else:
            self.sheet.row((choice(('Suggested Gratuity', 'Tip guide:')), .5, 'c'))
            for percent in (15, 18, 20):
                self.sheet.row((f'{percent}%' + choice((' = ', ': ', ' is ')) + money(total * percent / 100), .3))


def footer(sheet, most=9):
    """Thanks, rules and advertising; sometimes with dates, codes and amounts in them that are nobody's."""
    x, align = choice(((.5, 'c'), (.5, 'c'), (.02, 'l')))
    for _ in range(choice([n for n in (0, 1, 2, 2, 3, 4, 5, 9) if n <= most])):
        kind = weighted((('text', 60), ('words', 24), ('number', 16)))
        if kind == 'text':
            text = choice(FOOTERS)
        elif kind == 'words':
            text = cased(words(3, 8))
        else:
            text = choice((f'{digits(4)}-{digits(4)}-{digits(6)}', f'Valid till 31/12/20{randint(12, 28)}', f'REF {letters_digits(10)}',
                           f'EXCHANGE WITHIN {randint(3, 30)} DAYS',
                           f'Spend RM{randint(2, 20)}0 and get RM{randint(2, 9)} off', f'V{randint(1, 9)}.{randint(0, 99)}', '*' + digits(14) + '*',
                           f'HOTLINE 1-800-{digits(2)}-{digits(4)}'))
        sheet.row((sheet.seen(text), x, align))
    if chance(.05):
        sheet.row((f'{sheet.seen(choice(("GST ID", "User", "Printed by", "Ver")))}: {letters_digits(6)}', x, align))
