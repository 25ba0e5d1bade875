"""Tickets: trains, boarding passes, buses, cinemas."""
from ..chance import chance, choice, digits, randint, uniform
from ..lexicon import PLACES, cased, chinese, invented, word, words
from ..sheet import Sheet
from ..values import code, person, price
from .known_fields import known
from .parts_common import either, extras, footer
from .parts_forms import pairs

_LABELS = {
    True: {'passenger': '乘客|旅客|姓名|乘客姓名|旅客姓名', 'seat': '座位|座位号|席位|座号', 'date': '日期|乘车日期|出发日期|航班日期', 'departtime': '开车时间|起飞时间|发车时间|出发时间|开点',
           'arrivetime': '到达时间|抵达时间|到点',
           'price': '票价|价格|全价|金额', 'invno': '票号|电子客票号|车票号', 'orderno': '订单号|预订编号|取票号', 'gate': '登机口|检票口|候车室', 'grade': '席别|舱位|座位等级|舱位等级', 'idno': '证件号|身份证号',
           'train': '车次|航班|航班号|班次',
           'from': '出发|始发站|出发地|上车站|起点', 'to': '到达|终点站|目的地|下车站|到达站', 'room': '影厅|厅号|放映厅', 'time': '时间|场次|放映时间|登机时间', 'title': '影片|片名|节目|演出名称',
           'company': '影院|影城|场馆', 'type': '票类|票种', 'plate': '车牌号|车号'},
    False: {'passenger': 'Passenger|Name|Passenger Name|Name of passenger', 'seat': 'Seat|Seat No|SEAT', 'date': 'Date|Travel Date|Departure Date',
            'departtime': 'Departure time|Departs|Dep. Time|STD', 'arrivetime': 'Arrival time|Arrives|Arr. Time|STA',
            'price': 'Fare|Price|Ticket Price|Amount', 'invno': 'Ticket No|E-Ticket|ETKT', 'orderno': 'Booking Ref|PNR|Reservation',
            'gate': 'Gate|GATE|Platform', 'grade': 'Class|Cabin|Coach class', 'idno': 'ID No.|Passport', 'train': 'Flight|Train|Flight No.|Service',
            'from': 'From|Departure|Origin|FROM', 'to': 'To|Arrival|Destination|TO', 'room': 'Hall|Screen|Cinema Hall', 'time': 'Time|Boarding Time|Show time',
            'title': 'Movie|Film|Title|Event', 'company': 'Cinema|Venue|Theatre', 'type': 'Ticket Type|Category', 'plate': 'Bus No|Coach No.'}}


def compose():
    sheet = Sheet(chance(.6), 'ticket')
    choice((_train, _train, _flight, _flight, _bus, _cinema))(sheet)
    return sheet


def _values(is_chinese):
    seats = {True: (f'{randint(1, 16):02d}车{randint(1, 20):02d}{choice("ABCDF")}号', f'{randint(1, 16)}车厢{randint(1, 99)}号',
                    f'{randint(1, 20)}排{randint(1, 30)}座'), False: (f'{randint(1, 60)}{choice("ABCDEFK")}', f'Coach {choice("ABCDE")} Seat {randint(1, 80)}')}
    clock = [f'{randint(0, 23):02d}:{randint(0, 59):02d}' for _ in range(3)]
    return {'seat': choice(seats[is_chinese]), 'departtime': clock[0], 'arrivetime': clock[1], 'time': clock[2], 'passenger': person(is_chinese),
            'price': f'{price():.{choice((1, 2))}f}', 'invno': choice((code(), f'{digits(3)}-{digits(10)}')),
            'orderno': choice((code(), 'E' + digits(9))), 'gate': choice((f'{choice("ABCDE")}{randint(1, 40)}', str(randint(1, 60)),
                f'{randint(1, 30)}{choice("AB")}')),
            'grade': either(is_chinese, '二等座|一等座|商务座|硬座|软卧|经济舱|头等舱|无座', 'Economy|Business|First|Standard|Y'),
            'type': either(is_chinese, '成人票|学生票|儿童票|全票', 'Adult|Child|Student|Single|Return')}


def _stations(is_chinese):
    if is_chinese:
        return [choice(PLACES) + choice(('', '南', '东', '站', '北', '西')) for _ in range(2)]
    return [cased(word() if chance(.7) else words(2, 2), case) for case in [choice('ut')] * 2]


def _route(sheet, number, arrow=('→', '—', '-', '>', '')):
    """From, number and to: large beside each other, as 'A → B', or with labels."""
    is_chinese, (start, end) = sheet.is_chinese, _stations(sheet.is_chinese)
    kind = choice(('large', 'large', 'arrow', 'labels', 'labels'))
    if kind == 'labels':
        pairs(sheet, known(is_chinese, 'train from to', .95, .2, {'train': number, 'from': start, 'to': end}, _LABELS[is_chinese]),
              choice(('one', 'two', 'head', 'grid', 'above')))
        return
    start, end, number = sheet.seen(start), sheet.seen(end), sheet.seen(number)
    for key, value in (('from', start), ('to', end), ('train', number)):
        sheet.put(key, value)
    if kind == 'large':
        sheet.row((start, .05, 'l', 1.4), (number, .5, 'c', 1.3), (end, .95, 'r', 1.4))
        if is_chinese and chance(.4):
            sheet.row((cased(invented(), 't'), .05, 'l', .8), (cased(invented(), 't'), .95, 'r', .8), gap=.8)
    else:
        sheet.row((start, .05, 'l', 1.4), (choice(arrow), .5, 'c'), (end, .95, 'r', 1.4))
        sheet.row((choice(('', '车次 ' if is_chinese else 'No. ')) + number, .05))


def _particulars(sheet, keys, keep):
    is_chinese = sheet.is_chinese
    triples = known(is_chinese, [key for key in keys.split() if key not in sheet.fields], keep, .5, _values(is_chinese), _LABELS[is_chinese])
    triples += extras(sheet, choice((0, 0, 1, 3)), triples)
    pairs(sheet, triples, choice((None, 'one', 'head', 'grid', 'above')))


def _train(sheet):
    is_chinese = sheet.is_chinese
    if chance(.3):
        sheet.row((sheet.seen(_red_number()), .02), (sheet.seen(either(is_chinese, '检票:', 'Gate ') + f'{randint(1, 30)}{choice("AB")}') if chance(.4) else '',
                                                     .95, 'r'))
    _route(sheet, choice('GDKTZC') + digits(randint(2, 4)) if is_chinese else choice(('IC', 'EC', 'TGV', 'ETS', '')) + digits(randint(3, 4)))
    if is_chinese and chance(.5):
        _printed_like_a_railway_ticket(sheet)
    else:
        _particulars(sheet, 'passenger seat date departtime arrivetime price invno orderno grade idno gate', uniform(.4, .8))
    footer(sheet, '限乘当日当次车|买票请到12306 发货请到95306|中国铁路祝您旅途愉快|始发改签|仅供报销使用', 'Not transferable|Valid on the date shown only|Please keep this ticket')


def _red_number():
    """The red number on a railway ticket."""
    return choice('ABCDEFGHJKLM') + digits(6)


def _printed_like_a_railway_ticket(sheet):
    """Values without labels, as on the blue tickets."""
    values = _values(True)
    when, clock = sheet.seen(f'{randint(2010, 2026)}年{randint(1, 12):02d}月{randint(1, 28):02d}日'), sheet.seen(values['departtime'])
    seat, cost, grade = sheet.seen(f'{randint(1, 16):02d}车{randint(1, 20):02d}{choice("ABCDF")}号'), sheet.seen(values['price']), sheet.seen(choice(('二等座',
        '一等座', '新空调硬座', '软卧')))
    for key, value in (('date', when), ('departtime', clock), ('seat', seat), ('price', cost), ('grade', grade)):
        sheet.put(key, value)
    sheet.row((f'{when} {clock}开' if chance(.5) else f'{when}{clock}开', .05), (seat, .95, 'r'))
    sheet.row((choice(('¥', '￥')) + cost + '元', .05), (grade, .95, 'r'))
    if chance(.8):
        number, name = f'{digits(10)}****{digits(4)}', sheet.seen(values['passenger'])
        sheet.put('passenger', name)
        sheet.put('idno', number)
        sheet.row((number + choice((' ', '')) + name, .05))


def _flight(sheet):
    is_chinese = sheet.is_chinese
    if chance(.6):
        sheet.title('carrier', chinese(2, 3) + '航空' if is_chinese else cased(words(1, 2), 't') + choice((' Airlines', ' Air', ' Airways')), 1.4,
                    *choice(((.02, 'l'), (.5, 'c'))))
    if chance(.6):
        sheet.title('title', either(is_chinese, '登机牌|登机牌 BOARDING PASS|电子客票行程单', 'BOARDING PASS|Boarding Pass|E-TICKET ITINERARY'), 1.2)
    _route(sheet, choice(('MH', 'AK', 'CZ', 'SQ', 'UA', 'MU', 'CA', 'HU')) + choice(('', ' ')) + digits(randint(3, 4)))
    _particulars(sheet, 'passenger date gate seat time grade departtime arrivetime invno orderno', uniform(.5, .9))
    footer(sheet, '登机口于起飞前15分钟关闭|请妥善保管|祝您旅途愉快', 'Gate closes 15 minutes before departure|Have a pleasant flight|Boarding zone 3')


def _bus(sheet):
    is_chinese = sheet.is_chinese
    if chance(.6):
        sheet.title('company', choice(PLACES) + choice(('汽车客运站', '客运有限公司', '长途汽车站')) if is_chinese else cased(words(1, 2),
            't') + choice((' Express', ' Bus Lines', ' Coaches')), 1.3)
    _route(sheet, choice(('', 'B', 'K')) + digits(randint(2, 4)))
    _particulars(sheet, 'date departtime seat price passenger plate invno gate type', uniform(.45, .85))
    footer(sheet, '请提前15分钟检票上车|当日当次有效|票款已含保险费', 'Please arrive 15 minutes early|No refund')


def _cinema(sheet):
    is_chinese = sheet.is_chinese
    hall = f'{randint(1, 12)}号{choice(("厅", "激光厅", "IMAX厅"))}' if is_chinese else choice((str(randint(1, 14)), f'Hall {randint(1, 14)}'))
    values = {**_values(is_chinese), 'room': hall, 'seat': f'{randint(1, 20)}排{randint(1, 30)}座' if is_chinese else f'{choice("ABCDEFGH")}{randint(1, 30)}',
              'title': chinese(2, 6) if is_chinese else cased(words(1, 4), choice('ut')),
              'company': chinese(2, 4) + choice(('影城', '国际影城', '电影院', '大剧院')) if is_chinese else cased(words(1, 2),
                  't') + choice((' Cinemas', ' Theatre', ' Hall'))}
    if chance(.7):
        sheet.title('company', values['company'], 1.3)
    if chance(.5):
        sheet.title('title', values['title'], 1.6, *choice(((.02, 'l'), (.5, 'c'))))
    keys = [key for key in 'title company date time room seat price type orderno invno'.split() if key not in sheet.fields]
    triples = known(is_chinese, keys, uniform(.6, .95), .3, values, _LABELS[is_chinese])
    triples += extras(sheet, choice((0, 0, 2)), triples)
    pairs(sheet, triples)
    footer(sheet, '票已售出概不退换|请对号入座|副券|扫码取票', 'No refunds or exchanges|Enjoy the show|Admit one')
