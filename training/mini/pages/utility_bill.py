"""Electricity, water, gas and telephone bills, Chinese and English: customer, meter readings, tariff steps, charges, due date."""
from ..chance import chance, choice, digits, randint, shuffle, some, uniform
from ..lexicon import PLACES, cased, chinese, word
from ..sheet import Cell, Sheet
from ..values import address, chinese_company, company, date_form, day, english_name, money, person, phone
from .parts_bills import address_lines, amount_style, put_lines
from .parts_forms import pairs, prose, table

_CHINESE_KINDS = [('电', '千瓦时', '供电公司|电力公司|供电局|电力有限公司', '电费'), ('水', '吨', '自来水公司|水务集团|供水公司|自来水有限公司', '水费'),
                  ('气', '立方米', '燃气公司|燃气有限公司|天然气公司', '燃气费'), ('热', '平方米', '热力公司|供热有限公司', '采暖费')]
_ENGLISH_KINDS = [('Electricity', 'kWh', 'Power|Electric Co.|Energy Berhad|Electricity Board'),
                  ('Water', 'm3', 'Water|Water Works|Water Utility Sdn Bhd|Water District'),
                  ('Gas', 'therms', 'Gas|Gas Company|Natural Gas'), ('Telephone', 'min', 'Telecom|Mobile|Communications Berhad|Broadband')]


def compose():
    sheet = Sheet(chance(.55), 'utility_bill')
    kind = choice(_CHINESE_KINDS if sheet.is_chinese else _ENGLISH_KINDS)
    form, (year, month, number) = date_form(sheet.is_chinese), day()
    _head(sheet, kind)
    account = _account(sheet, kind, form, year, month, number)
    pairs(sheet, account)
    charge = _meter(sheet, kind)
    _charges(sheet, kind, charge)
    due = form(year, month, min(28, number + randint(5, 20)))
    label = choice('缴费截止日期|最后缴费日|截止日期|缴费期限'.split('|') if sheet.is_chinese else 'Due Date|Payment Due Date|Pay By|Please pay before|Due'.split('|'))
    if chance(.75):
        sheet.style = choice(('one', 'two', 'right'))
        sheet.pair('duedate', label, due)
    _foot(sheet)
    return sheet


def _head(sheet, kind):
    if sheet.is_chinese:
        issuer = choice(PLACES) + choice(('市', '', '')) + choice(kind[2].split('|'))
        titles = (f'{kind[3]}通知单', f'{kind[3]}账单', f'{kind[3]}缴费通知', f'{kind[3]}发票', f'居民{kind[3]}清单', '缴费凭证')
    else:
        issuer = cased(word(), choice('ut')) + ' ' + choice(kind[2].split('|'))
        titles = (f'{kind[0]} Bill', f'{kind[0].upper()} BILL', 'Statement of Account', 'Utility Bill', 'BIL ' + kind[0].upper(),
                  f'Your {kind[0].lower()} bill', 'TAX INVOICE')
    align, x = choice((('l', .02), ('c', .5)))
    if chance(.3):
        sheet.title('title', choice(titles))
    put_lines(sheet, 'company', [issuer], x, align, choice((1, 1.4, 1.7)))
    if not sheet.is_chinese and chance(.4):
        put_lines(sheet, 'address', address_lines(address(False)), x, align)
    if chance(.55):
        sheet.title('title' if 'title' not in sheet.fields else None, choice(titles))


def _account(sheet, kind, form, year, month, number):
    """Who the bill is for, and for when."""
    if sheet.is_chinese:
        period = choice((f'{year}年{month:02d}月', f'{year}{month:02d}', f'{year}-{month:02d}', f'{form(year, month, 1)}至{form(year, month, 28)}',
                         f'{form(year, month, 1)}-{form(year, month, 28)}'))
        found = [('account', choice(('户号', '用户编号', '客户编号', '缴费户号', '用户号', '客户号')), digits(randint(7, 13))),
                 ('customer', choice(('户名', '用户名称', '客户名称', '用户姓名', '姓名')), person(True) if chance(.7) else chinese_company()),
                 ('period', choice(('账期', '计费周期', '费用所属期', '用{0}周期', '抄表周期', '结算周期', '账单月份')).format(kind[0]), period),
                 ('date', choice(('抄表日期', '账单日期', '开单日期', '打印日期', '出账日期')), form(year, month, number)),
                 ('address', choice(('用{0}地址', '地址', '用户地址', '装表地址')).format(kind[0]), address(True)),
                 ('tariff', choice(('用{0}性质', '用{0}类别', '{0}价类别', '价格类别')).format(kind[0]), choice(('居民', '商业', '居民一户一表', '工业', '非居民'))),
                 ('meterno', choice(('表号', '{0}表号', '表具编号', '计量表号')).format(kind[0]), digits(randint(6, 12))),
                 ('invno', choice(('账单编号', '流水号', '通知单号')), digits(randint(8, 16)))]
    else:
        period = choice((f'{form(year, month, 1)} - {form(year, month, 28)}', f'{form(year, month, 1)} to {form(year, month, 28)}', f'{month:02d}/{year}'))
        found = [('account', choice(('Account No', 'Account Number', 'A/C No.', 'Contract Account', 'No. Akaun', 'Account #')),
                  choice((digits(12), f'{digits(4)}-{digits(6)}', digits(9)))),
                 ('customer', choice(('Customer', 'Customer Name', 'Name', 'Account Holder', 'Bill To')),
                  english_name() if chance(.7) else company(False, 't')),
                 ('period', choice(('Billing Period', 'Bill Period', 'Service Period', 'Period')), period),
                 ('date', choice(('Bill Date', 'Statement Date', 'Invoice Date', 'Date', 'Issue Date', 'Tarikh Bil')), form(year, month, number)),
                 ('invno', choice(('Bill No', 'Invoice No', 'Bill Number', 'Statement No.')), digits(randint(7, 12))),
                 ('meterno', choice(('Meter No', 'Meter Number', 'Meter ID')), choice((digits(8), 'M' + digits(7)))),
                 ('tariff', choice(('Tariff', 'Rate Class', 'Tariff Category')), choice(('Domestic', 'A: Residential', 'Commercial B', 'D1', 'R-1'))),
                 ('shipto', choice(('Service Address', 'Supply Address', 'Premise')), address(False))]
        if 'address' in sheet.fields:
            found = [triple for triple in found if triple[0] != 'shipto' or chance(.5)]
    found = found[:2] + some(found[2:], .68)
    if chance(.3):
        shuffle(found)
    return found


def _meter(sheet, kind):
    """Previous and current reading and use, as a table or as pairs; returns the charge."""
    before, used = randint(100, 90000), randint(3, 900)
    rate = round(uniform(.2, 4.5), choice((2, 3, 4)))
    texts = [str(before), str(before + used), str(used), f'{rate}', money(used * rate, not sheet.is_chinese)]
    if kind[0] in ('热', 'Telephone'):
        return round(used * rate, 2)
    if sheet.is_chinese:
        labels = [choice(('上期示数', '上次读数', '上月表底', '起码', '上期读数')), choice(('本期示数', '本次读数', '本月表底', '止码', '本期读数')),
                  choice((f'用{kind[0]}量', '用量', '本期用量', f'实用{kind[0]}量')), '单价', '金额']
    else:
        labels = [choice(('Previous Reading', 'Previous', 'Last Reading', 'Prev. Read')), choice(('Current Reading', 'Present Reading', 'Current', 'Present')),
                  choice(('Usage', 'Consumption', f'Total {kind[1]}', 'Units Used')), 'Rate', 'Amount']
    keys = ['prevread', 'currread', 'usage', 'unitprice', 'label:' + labels[4]]
    if chance(.5):
        count = randint(3, 5)
        unit = kind[1] if chance(.35) else ''
        shown = [text + (unit if i == 2 else '') for i, text in enumerate(texts[:count])]
        pairs(sheet, list(zip(keys, labels, shown)), choice(('one', 'two', 'grid', 'right', 'head')))
    else:
        place = sheet.seen(choice(('总', '平', '第一档', '居民生活')) if sheet.is_chinese else choice(('Total', kind[0], 'Peak', 'Block 1')))
        row = [place] + texts
        made = table(sheet, [choice(('类型', '项目', '时段')) if sheet.is_chinese else choice(('Type', 'Description', 'Meter'))] + labels, [row],
                     ['name'] + ['num'] * 5)
        for key, label, text in zip(keys[:3], made.columns[1:], made.rows[0][1:]):
            sheet.put(key, text, label)
    return round(used * rate, 2)


def _charges(sheet, kind, charge):
    """The lines of the bill and what is to be paid."""
    style = amount_style(sheet.is_chinese)
    if sheet.is_chinese:
        more = [('label:', f'{choice(("污水处理费", "基金及附加", "公共设施费", "代征费用", "水资源费"))}', .08), ('latefee', choice(('滞纳金', '违约金')), .02),
                ('label:', choice(('上期结余', '上次余额', '预存余额')), .03)]
        total_labels, main = ('应缴金额', '本期应缴', '合计金额', '合计', '应交金额', '应缴合计', '本次应缴费用', '总金额'), choice((kind[3], f'本期{kind[3]}', f'基本{kind[3]}'))
    else:
        more = [('label:', choice(('Fuel Surcharge', 'Basic charge', 'KWTBB', 'Meter Rental', 'Service fee', 'Sewerage')), .08),
                ('tax', choice(('SST 6%', 'Tax', 'GST', 'VAT')), .06), ('latefee', choice(('Late Fee', 'Late Charge', 'Late payment charge')), .02)]
        total_labels, main = ('Amount Due', 'TOTAL AMOUNT DUE', 'Total Payable', 'Total Amount', 'Jumlah Perlu Dibayar', 'Total Current Charges', 'Please Pay',
                              'Amount Payable', 'Total Bill'), f'{choice(("Current", "Total", "Energy"))} Charges'
    total = charge
    style.line(sheet, 'label:' + main if chance(.6) else 'subtotal', main, charge)
    for key, label, share in more:
        if chance(.45):
            amount = round(charge * share + (chance(.2) and 1), 2)
            style.line(sheet, 'label:' + label if key == 'label:' else key, label, amount)
            total = round(total + (-amount if label in ('上期结余', '上次余额', '预存余额') else amount), 2)
    if chance(.3):  # what was owed and paid before does not count
        label = choice(('上期账单金额', '上期已缴')) if sheet.is_chinese else choice(('Previous Balance', 'Payment received - thank you', 'Last Bill'))
        style.line(sheet, 'label:' + label, label, round(total * uniform(.5, 1.5), 2))
    style.line(sheet, 'total', choice(total_labels), total, choice((1, 1, 1.5)))


def _foot(sheet):
    sheet.style = 'one'
    if chance(.5):
        sheet.pair('phone', choice(('客服电话', '服务热线', '24小时热线', '咨询电话')) if sheet.is_chinese else choice(('Customer Service', 'Careline', 'Enquiries', 'Tel')),
                   choice((phone(sheet.is_chinese), '95598' if sheet.is_chinese else '1-300-88-' + digits(4))))
    if chance(.3):
        prose(sheet, 1, 2)
    if chance(.4):
        words = ('请在截止日期前缴费，逾期将收取违约金', '可通过微信、支付宝缴费', '感谢您的支持') if sheet.is_chinese else ('Thank you for your payment', 'Go paperless today',
            'Please detach and return with your payment')
        sheet.row(Cell(choice(words), .02))
    if sheet.is_chinese and chance(.2):
        sheet.pair('cashier', '收费员', person(True) if chance(.6) else chinese(2, 3))
