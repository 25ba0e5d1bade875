"""Hotel folios, Chinese and English: guest, room, stay, a dated list of charges, sums."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, some
from ..lexicon import PLACES, cased, chinese, word
from ..sheet import Sheet
from ..values import CHINESE_DATES, ENGLISH_DATES, address, code, day, email, money, person, phone, time, website
from .parts_bills import address_lines, amount_style, put_lines, registration_number
from .parts_forms import pairs, table
from .parts_shop import address as shop_address
from .parts_till import junk, transaction_line, varieties

_CHINESE_CHARGES = '房费|房费|房费|早餐|洗衣费|迷你吧|餐饮|服务费|停车费|会议室|电话费|加床|延迟退房'.split('|')
_ENGLISH_CHARGES = ('Room Charge|Room Charge|Room Rate|Breakfast|Laundry|Minibar|Restaurant|Tourism Tax|Parking|Room Service|Telephone|Extra Bed|'
                    'Late check-out|Spa').split('|')


def compose():
    sheet = Sheet(chance(.5), 'hotel')
    varied = varieties(kinds=('till', 'junk') if sheet.is_chinese else ('till', 'junk', 'company', 'address'))
    form = choice(CHINESE_DATES[:6]) if sheet.is_chinese else choice(ENGLISH_DATES)
    nights = choice((1, 1, 2, 2, 3, 4, 5))
    (year, month, _), first = day(), randint(1, 28 - nights)
    days = [(year, month, first + i) for i in range(nights + 1)]
    _head(sheet, varied)
    rate = randint(80, 900) + choice((0, 0, .5, .9))
    facts = _facts(sheet, form, days, rate)
    pairs(sheet, facts, choice(('one', 'two', 'grid', 'grid', 'grid_two', 'head', 'right')))
    _sums(sheet, _charges(sheet, form, days, rate))
    _foot(sheet)
    if 'till' in varied:
        transaction_line(sheet, (form(*days[-1]), time()))
    if 'junk' in varied:
        junk(sheet)
    return sheet


def _head(sheet, varied):
    if sheet.is_chinese:
        name = choice(PLACES) + chinese(2, 3) + choice(('酒店', '大酒店', '宾馆', '国际酒店', '快捷酒店', '度假村', '酒店管理有限公司', '民宿'))
        titles = ('宾客账单', '结账单', '客人账单', '住宿账单', '酒店结账单', '入住登记单', '住宿费用清单', '宾客结算账单')
    else:
        middle = cased(' '.join((word(), word())) if chance(.4) else word(), choice('ut'))
        name = choice((middle + choice((' Hotel', ' HOTEL', ' Inn', ' Resort', ' Hotel & Suites', ' Boutique Hotel', ' HOTEL SDN BHD')), 'Hotel ' + middle,
                       'The ' + middle + ' Hotel'))
        titles = ('GUEST FOLIO', 'Guest Folio', 'INVOICE', 'Hotel Bill', 'INFORMATION INVOICE', 'Tax Invoice', 'Guest Statement', 'RECEIPT', 'Folio')
    align, x = choice((('c', .5), ('l', .02)))
    before = chance(.25)
    if before:
        sheet.title('title', choice(titles), x=x, align=align)
    width = choice((60, 60, 10 if sheet.is_chinese else 16))
    lines = [name[i:i + width] for i in range(0, len(name), width)] if sheet.is_chinese else address_lines(name) if width == 16 else [name]
    if 'company' in varied:
        lines = lines + [choice(('SDN BHD', '(M) SDN. BHD.', 'S/B', 'MANAGEMENT SDN BHD', 'GROUP', 'PLT', '& SPA', 'BERHAD'))]
    put_lines(sheet, 'company', lines, x, align, choice((1, 1.4, 1.8)))
    if not sheet.is_chinese and chance(.2):
        number = sheet.seen(registration_number())
        sheet.put('regno', number)
        sheet.row((f'({number})', x, align))
    if 'address' in varied:
        shop_address(sheet, x, align)
    elif chance(.7):
        text = address(sheet.is_chinese)
        prefix = choice(('地址：', '')) if sheet.is_chinese else ''
        put_lines(sheet, 'address', [text] if sheet.is_chinese else address_lines(text), x, align, prefix=prefix)
    for key, labels, value, share in (('phone', ('电话：', '总机:', 'TEL:') if sheet.is_chinese else ('Tel: ', 'Phone: ', 'T '), phone(sheet.is_chinese), .55),
                                  ('email', ('', 'Email: '), email(), .15), ('website', ('',), website(), .15)):
        if chance(share):
            label, value = choice(labels), sheet.seen(value)
            sheet.put(key, value, label or None)
            sheet.row((label + value, x, align))
    if not before and chance(.75):
        sheet.title('title', choice(titles))


def _facts(sheet, form, days, rate):
    """The stay: guest, room, days and what else the desk prints."""
    in_time, out_time = (f' {randint(13, 22)}:{randint(0, 59):02d}', f' {randint(7, 12):02d}:{randint(0, 59):02d}') if chance(.3) else ('', '')
    room, rate, nights = choice((digits(3), digits(4), choice('AB') + digits(3))), money(rate, False), len(days) - 1
    if sheet.is_chinese:
        found = [('guest', choice(('宾客姓名', '客人姓名', '姓名', '住客', '客人')), person(True)), ('room', choice(('房号', '房间号', '房间号码')), room),
                 ('checkin', choice(('入住日期', '到店日期', '入住时间', '抵店日期', '来店日期')), form(*days[0]) + in_time),
                 ('checkout', choice(('离店日期', '退房日期', '退房时间', '离店时间')), form(*days[-1]) + out_time)]
        more = [('nights', choice(('天数', '间夜', '住宿天数', '入住晚数')), choice((str(nights), f'{nights}天', f'{nights}晚'))),
                ('type', choice(('房型', '房间类型')), choice(('标准间', '大床房', '豪华双人间', '商务套房', '家庭房', '亲子房'))),
                ('rate', choice(('房价', '房费单价', '协议价')), rate), ('invno', choice(('账单号', '单号', '账号', '登记单号', '结账单号')), code()),
                ('cashier', choice(('收银员', '操作员', '前台', '经手人')), person(True)),
                ('label:人数', '人数', digits(1)), ('label:客源', '客源', choice(('散客', '协议客户', '携程', '会员', '团队'))),
                ('idno', '证件号码', digits(17) + choice('0123456789X')), ('mobile', '手机号', phone(True)), ('date', choice(('打印日期', '账单日期', '日期')), form(*days[-1]))]
    else:
        found = [('guest', choice(('Guest Name', 'Guest', 'Name', 'Registered Guest')), person(False)),
                 ('room', choice(('Room', 'Room No', 'Room No.', 'Room Number', 'RM')), room),
                 ('checkin', choice(('Arrival', 'Check-in', 'Arrival Date', 'Check In', 'C/In Date')), form(*days[0]) + in_time),
                 ('checkout', choice(('Departure', 'Check-out', 'Departure Date', 'Check Out', 'C/Out Date')), form(*days[-1]) + out_time)]
        more = [('nights', choice(('Nights', 'No. of Nights', 'Night(s)')), str(nights)),
                ('type', choice(('Room Type', 'Type')), choice(('Deluxe', 'Standard King', 'Superior Twin', 'Suite', 'Family Room'))),
                ('rate', choice(('Room Rate', 'Rate', 'Daily Rate')), rate),
                ('invno', choice(('Folio No', 'Folio #', 'Invoice No.', 'Bill No', 'Conf. No.', 'Confirmation No')), code()),
                ('cashier', choice(('Cashier', 'Clerk', 'Prepared By', 'User ID')), choice((person(False), letters_digits(5)))),
                ('label:Pax', 'Pax', digits(1)), ('label:Page', 'Page', '1 of 1'), ('memberno', choice(('Membership No', 'Member No')), digits(9)),
                ('date', choice(('Date', 'Invoice Date', 'Print Date')), form(*days[-1]))]
    found = [triple for triple in found if chance(.92)] + some(more, .45)
    if chance(.35):
        shuffle(found)
    return found


def _charges(sheet, form, days, room):
    """The dated list; a table in its own right. Returns the charges' sum."""
    rows, stamps, total = [], {}, 0.
    names = _CHINESE_CHARGES if sheet.is_chinese else _ENGLISH_CHARGES
    has_reference = chance(.3)
    for stamp in days[:-1]:
        lines = [(names[0], room)] + [(choice(names[3:]), randint(5, 200) + choice((0, 0, .5))) for _ in range(choice((0, 0, 1, 1, 2)))]
        for name, amount in lines:
            stamps[len(rows), 0] = stamp
            rows.append([form(*stamp), name] + ([digits(5)] if has_reference else []) + [money(amount, not sheet.is_chinese)])
            total += amount
    columns = [choice(('日期', '营业日期')), choice(('项目', '摘要', '费用项目', '消费项目')), '单号', choice(('金额', '消费', '借方'))] if sheet.is_chinese else [
        'Date', choice(('Description', 'Particulars', 'Transaction')), 'Ref', choice(('Amount', 'Charges', 'Debit', 'Charges (RM)'))]
    if not has_reference:
        del columns[2]
    made = table(sheet, columns, rows, ['date', 's'] + (['s'] if has_reference else []) + ['num'], days=stamps)
    sheet.items.extend({'name': row[1], 'amount': row[-1]} for row in made.rows)
    return round(total, 2)


def _sums(sheet, gross):
    style, total, used = amount_style(sheet.is_chinese), gross, set()

    def line(key, labels, value, size=1):
        label = choice(labels.split('|'))
        if label not in used:
            used.add(label)
            style.line(sheet, key, label, value, size)

    total_labels = '合计|总计|消费合计|应付金额|消费总额|费用合计|结算金额|总金额' if sheet.is_chinese else (
        'Total|TOTAL|Grand Total|Total Charges|Total Amount|TOTAL (RM)|Total Incl. Tax|Amount')
    if not sheet.is_chinese and chance(.5):
        line('subtotal', 'Sub Total|Subtotal|Net Amount|Total Excl. Tax', gross)
        if chance(.4):
            service = round(gross * .1, 2)
            line('service', 'Service Charge 10%|Service Charge|Svc Chg', service)
            total += service
        tax = round(total * choice((.06, .08, .1)), 2)
        line('tax', 'SST|GST 6%|Tax|Service Tax|VAT|Government Tax', tax)
        total = round(total + tax, 2)
    elif chance(.15):
        discount = round(gross * .1, 2)
        line('discount', '折扣|优惠' if sheet.is_chinese else 'Discount|Member Discount', style.negative(discount))
        total = round(gross - discount, 2)
    line('total', total_labels, total, choice((1, 1, 1.4)))
    deposit = float(-(-int(total) // 100) * 100 + choice((0, 100, 200)))
    if chance(.4):
        line('deposit', '押金|预付款|预收押金|已付押金' if sheet.is_chinese else 'Deposit|Deposit Paid|Advance Deposit', deposit)
        if chance(.5):
            label = choice(('退款', '应退金额', '退还押金') if sheet.is_chinese else ('Refund', 'Refund Due'))
            line('label:' + label, label, round(deposit - total, 2))
    elif chance(.4):
        line('balance', '余额|账户余额' if sheet.is_chinese else 'Balance|Balance Due|BALANCE', 0.)
    if chance(.5):
        sheet.style = choice(('one', 'two'))
        sheet.pair('pay', choice(('付款方式', '结算方式', '支付方式')) if sheet.is_chinese else choice(('Payment Method', 'Paid By', 'Settlement', 'Payment')),
                   choice(('现金', '信用卡', '微信支付', '支付宝', '挂账')) if sheet.is_chinese else choice(('VISA', 'Cash', 'Master', 'Amex', 'City Ledger', 'Credit Card')))


def _foot(sheet):
    texts = ('宾客签名：', '感谢您的光临，欢迎再次入住', '如需发票请到前台办理', '退房时间为中午12:00前', '请核对账单内容') if sheet.is_chinese else (
        'Guest Signature: ____________', 'Thank you for staying with us', 'We hope to see you again', 'I agree that my liability for this bill is not waived',
                                                                                                           'Check-out time is 12:00 noon')
    for text in some(texts, .3):
        sheet.row((sheet.seen(text), choice((.02, .5))))
