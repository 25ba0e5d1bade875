"""Parking tickets and receipts, Chinese and English: plate, times of entry and exit, duration, fee."""
from ..chance import chance, choice, digits, letters_digits, randint, shuffle, some
from ..lexicon import cased, chinese, word
from ..sheet import Sheet
from ..values import CHINESE_DATES, ENGLISH_DATES, address, chinese_company, code, company, day, person, phone
from .parts_bills import address_lines, amount_style, put_lines, tax_number
from .parts_forms import pairs
from .parts_shop import address as shop_address
from .parts_shop import name_lines
from .parts_till import junk, transaction_line, varieties

_PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼'


def compose():
    sheet = Sheet(chance(.6), 'parking')
    varied = varieties(kinds=('till', 'junk') if sheet.is_chinese else ('till', 'junk', 'company', 'address'))
    form = choice(CHINESE_DATES[2:6]) if sheet.is_chinese else choice(ENGLISH_DATES)
    (year, month, number), minutes, start = day(), choice((randint(3, 59), randint(30, 400), randint(60, 1400))), randint(0, 1430)
    seconds = f':{randint(0, 59):02d}' if chance(.55) else ''
    moments = []
    for minute in (start, start + minutes):
        moments.append(f'{form(year, month, min(28, number + minute // 1440))} {minute // 60 % 24:02d}:{minute % 60:02d}{seconds}')
    _head(sheet, varied)
    pairs(sheet, _facts(sheet.is_chinese, moments, minutes), choice(('one', 'one', 'two', 'right', 'above')))
    _sums(sheet, minutes)
    _foot(sheet, moments[1])
    if 'till' in varied:
        transaction_line(sheet, moments[1].rsplit(' ', 1))
    if 'junk' in varied:
        junk(sheet)
    return sheet


def plate(is_chinese):
    if is_chinese:
        return choice(_PROVINCES) + choice('ABCDEFGHJK') + choice(('', '·', ' ', '')) + letters_digits(choice((5, 5, 6)))
    return choice((f'{choice("ABJKPVWS")}{letters_digits(2).strip("0123456789")}{digits(4)}', f'W{choice("ABCDEFG")}{choice("XYZ")} {digits(4)}',
                   f'{digits(1)}ABC{digits(3)}', letters_digits(7)))


def _head(sheet, varied):
    if sheet.is_chinese:
        name = choice((chinese(2, 4) + choice(('停车场', '地下停车场', '广场停车场', '立体车库')), chinese_company(), chinese(2, 3) + '停车管理有限公司'))
        titles = ('停车收费小票', '停车费收据', '停车票', '停车缴费凭证', '临时停车票', '停车收费凭证', '停车费')
    else:
        name = choice((cased(word(), 't') + choice((' Parking', ' Car Park', ' Garage', ' PARKING SDN BHD', ' Parking Services')), company(False, 'u')))
        titles = ('PARKING RECEIPT', 'Parking Ticket', 'PARKING', 'Car Park Receipt', 'TAX INVOICE', 'Season Parking', 'RESIT')
    is_first = chance(.35)
    if is_first:
        sheet.title('title', choice(titles))
    if chance(.88):
        lines = name_lines() if 'company' in varied else [name] if sheet.is_chinese else [name] if chance(.7) else name.rsplit(' ', 1)
        put_lines(sheet, 'company', lines, size=choice((1, 1.3)))
    if not is_first and chance(.7):
        sheet.title('title', choice(titles))
    if 'address' in varied:
        shop_address(sheet, .5, 'c')
    elif chance(.3):
        text = address(sheet.is_chinese)
        put_lines(sheet, 'address', [text] if sheet.is_chinese else address_lines(text))
    if not sheet.is_chinese and chance(.2):
        text = sheet.seen(tax_number())
        sheet.put('taxid', text)
        sheet.row((choice(('GST ID: ', 'GST NO. ')) + text, .5, 'c'))


def _duration(is_chinese, minutes):
    hours, rest = divmod(minutes, 60)
    if is_chinese:
        return choice((f'{hours}小时{rest}分钟', f'{hours}时{rest}分', f'{hours}小时{rest}分', f'{minutes}分钟', f'0天{hours}小时{rest}分钟'))
    return choice((f'{hours}h {rest}m', f'{hours:02d}:{rest:02d}', f'{minutes} min', f'{hours} hr {rest} min', f'0 day {hours} hrs {rest} mins'))


def _facts(is_chinese, moments, minutes):
    if is_chinese:
        found = [('plate', choice(('车牌号', '车牌号码', '车牌', '车号')), plate(True)), ('entertime', choice(('入场时间', '进场时间', '驶入时间', '入口时间', '进入时间')), moments[0]),
                 ('leavetime', choice(('出场时间', '离场时间', '驶出时间', '出口时间', '离开时间', '缴费时间')), moments[1]),
                 ('duration', choice(('停车时长', '停放时长', '停车时间', '停放时间', '时长')), _duration(True, minutes))]
        more = [('invno', choice(('票号', '单号', '流水号', '小票号')), code()), ('cashier', choice(('收费员', '操作员', '收银员')), choice((person(True), digits(4)))),
                ('vehicletype', choice(('车型', '车辆类型')), choice(('小型车', '小车', '大型车', '临时车', '中型车', '月租车'))),
                ('gate', choice(('出口', '通道', '岗亭', '收费口')), choice((f'{digits(1)}号出口', f'B{digits(1)}出口', '东门', '南门岗亭'))),
                ('label:车位', '车位', f'{choice("ABCD")}{digits(3)}'), ('rate', choice(('收费标准', '费率')), f'{randint(2, 15)}元/小时')]
    else:
        found = [('plate', choice(('Plate No', 'Vehicle No', 'License Plate', 'Veh. No.', 'Car Plate', 'LPN')), plate(False)),
                 ('entertime', choice(('Entry', 'Entry Time', 'Time In', 'IN', 'Arrived', 'Masuk')), moments[0]),
                 ('leavetime', choice(('Exit', 'Exit Time', 'Time Out', 'OUT', 'Departed', 'Keluar', 'Paid At')), moments[1]),
                 ('duration', choice(('Duration', 'Parked', 'Length of stay', 'Parking Time', 'Stay')), _duration(False, minutes))]
        more = [('invno', choice(('Ticket No', 'Receipt No', 'Ticket #', 'Trans No', 'Ticket')), code()),
                ('cashier', choice(('Cashier', 'Operator', 'Attendant')), choice((person(False), digits(3)))),
                ('gate', choice(('Exit Lane', 'Gate', 'Lane')), choice((digits(1), f'B{digits(1)}', 'EX0' + digits(1)))),
                ('label:Station', 'Station', 'APS ' + digits(2)),
                ('label:Level', 'Level', choice(('B1', 'B2', 'P3', 'G'))), ('rate', 'Rate', f'RM{randint(1, 9)}.00/hr')]
    found = [triple for triple in found if chance(.88)] + some(more, .35)
    if chance(.35):
        shuffle(found)
    return found


def _sums(sheet, minutes):
    style, hours = amount_style(sheet.is_chinese), -(-minutes // 60)
    charge = round(hours * choice((1, 2, 3, 4, 5, 6, 8, 10, 1.5, 2.5)), 2)
    labels = ('应收金额|应收|停车费|应缴金额|收费金额' if sheet.is_chinese else 'Parking Fee|Fee|Charge|Parking Charges|Amount').split('|')
    totals = ('实收金额|实收|缴费金额|合计|停车费用|收费金额|支付金额|金额' if sheet.is_chinese
              else 'Total|TOTAL|Amount Paid|Total Paid|Total Fee|Amount Due|TOTAL (RM)|Fee Paid').split('|')
    total, total_label = charge, choice(totals)
    if chance(.5):
        label = choice([text for text in labels if text != total_label])
        style.line(sheet, 'fee', label, charge)
        if chance(.4):
            less = round(min(charge, choice((1, 2, 3, 5))), 2)
            style.line(sheet, 'discount', choice(('优惠金额', '优惠', '减免金额')) if sheet.is_chinese else choice(('Discount', 'Validation', 'Rebate')),
                       style.amount(less))
            total = round(charge - less, 2)
        elif not sheet.is_chinese and chance(.4):
            tax = round(charge * .06, 2)
            style.line(sheet, 'tax', choice(('GST 6%', 'Tax', 'SST 6%')), tax)
            total = round(charge + tax, 2)
    suffix = '元' if sheet.is_chinese and not style.currency and chance(.25) else ''
    seen = style.line(sheet, 'total', total_label, total, choice((1, 1, 1.4)))
    if suffix and sheet.rows[-1].cells[-1].text.endswith(seen):  # a unit glued behind
        last = sheet.rows[-1].cells[-1]
        sheet.rows[-1].cells[-1] = last._replace(text=last.text + suffix)
    if chance(.4):
        sheet.style = choice(('one', 'two'))
        method = choice(('微信', '支付宝', '现金', 'ETC', '微信支付', '无感支付')) if sheet.is_chinese else choice(('Cash', 'Touch n Go', 'VISA', 'CASH', 'Credit Card',
            'Season'))
        sheet.pair('pay', choice(('支付方式', '缴费方式', '付款方式')) if sheet.is_chinese else choice(('Payment', 'Paid By', 'Payment Mode')), method)


def _foot(sheet, moment):
    sheet.style = 'one'
    if chance(.2):
        sheet.pair('date', choice(('日期', '打印日期')) if sheet.is_chinese else choice(('Date', 'Printed')), moment.rsplit(' ', 1)[0])
    if chance(.25):
        sheet.pair('phone', choice(('服务电话', '投诉电话', '电话')) if sheet.is_chinese else choice(('Hotline', 'Tel', 'Enquiry')), phone(sheet.is_chinese))
    texts = ('请在15分钟内离场', '谢谢惠顾 一路平安', '祝您一路顺风', '请妥善保管停车票', '贵重物品请随身携带') if sheet.is_chinese else (
        'Thank you. Drive safely', 'Please exit within 15 minutes', 'PARK AT OWN RISK', 'LOST TICKET RM50.00', 'Not responsible for loss or damage',
                                                                                                    'Keep this ticket with you')
    for text in some(texts, .25):
        sheet.row((sheet.seen(text), .5, 'c'))
