"""Random values as they are printed: dates, amounts, codes, telephones, people, companies, addresses."""
from .chance import chance, choice, digits, letters_digits, randint, random01
from .lexicon import (ENGLISH, FIRST_NAMES, LAST_NAMES, MALAY, NAMES, PLACES, STREETS, cased, characters, chinese, invented, word, words)

MALAYSIAN_CITIES = ('KUALA LUMPUR,PETALING JAYA,SHAH ALAM,JOHOR BAHRU,IPOH,KLANG,SEREMBAN,MELAKA,GEORGE TOWN,KUANTAN,KOTA KINABALU,KUCHING,SUBANG JAYA,KAJANG,'
                    'PUCHONG,SKUDAI,SERI KEMBANGAN,BATU PAHAT,MUAR,TAIPING,ALOR SETAR,KULIM,SUNGAI PETANI,BATU CAVES,AMPANG,CHERAS,RAWANG,NILAI,PORT DICKSON,'
                    'KLUANG,MIRI,SIBU').split(',')
MALAYSIAN_STATES = ('SELANGOR,JOHOR,PERAK,PENANG,PULAU PINANG,KEDAH,MELAKA,PAHANG,NEGERI SEMBILAN,SABAH,SARAWAK,W.P. KUALA LUMPUR,WILAYAH PERSEKUTUAN,'
                    'SELANGOR DARUL EHSAN,JOHOR DARUL TAKZIM,KELANTAN,PERLIS,TERENGGANU').split(',')
AMERICAN_STATES = 'AL AK AZ CA CO CT FL GA IL IN KY MA MD MI MN MO NC NJ NV NY OH OR PA TN TX UT VA WA WI'.split()
FAMILY_NAMES = '王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤'


# -- people and places

def chinese_name():
    return choice(NAMES) if chance(.5) else choice(FAMILY_NAMES) + characters(choice((1, 2, 2)))


def english_name():
    return f'{choice(FIRST_NAMES)} {choice(LAST_NAMES)}' if chance(.8) else choice(FIRST_NAMES)


def person(is_chinese):
    return chinese_name() if is_chinese and chance(.93) else english_name()


_SUFFIXES = ('sdn bhd,sdn bhd,sdn. bhd.,s/b,enterprise,trading,trading co,hardware,restaurant,marketing,(m) sdn bhd,inc.,llc,ltd,co. ltd,store,mart,'
             'supermarket,cafe,bakery,pharmacy,holdings,resources,& sons,bookstore,auto parts,motor,petrol,station,machinery enterprise,hotel,kopitiam,seafood,'
             'electrical,furniture,stationery,services,group,corporation').split(',')
_PREFIXES = 'restoran,kedai,pasar raya,perniagaan,syarikat,the,hotel,gardenia,old town,poh'.split(',')


def english_company():
    """In lower case; the caller chooses the case."""
    name = words(1, 3) if chance(.8) else f'{letters_digits(randint(2, 4))} {words(0, 2)}'.strip()
    suffix = weighted_suffix()
    prefix = choice(_PREFIXES) if chance(.15) else ''
    parts = [prefix, name, suffix if not prefix or chance(.5) else '']
    return ' '.join(p for p in parts if p)


def weighted_suffix():
    if chance(.04):
        return f'({choice(MALAYSIAN_CITIES).lower()}) sdn bhd'
    return f'({word()})' if chance(.02) else choice(_SUFFIXES)


_CHINESE_SUFFIXES = ('有限公司,有限公司,科技有限公司,贸易有限公司,餐饮管理有限公司,股份有限公司,超市,便利店,饭店,餐厅,药房,商贸有限公司,集团有限公司,电子有限公司,'
                     '(集团)有限公司,分公司,火锅店,奶茶店,五金店,服装店,中心,商行,经营部,小吃店,面馆,水果店,母婴生活馆,文具店,大药房,酒楼,茶餐厅,烘焙坊').split(',')


def chinese_company():
    place = choice(PLACES) if chance(.6) else ''
    return place + chinese(2, 4) + (chinese(2, 2) if chance(.3) else '') + choice(_CHINESE_SUFFIXES)


def company(is_chinese, how=None):
    return chinese_company() if is_chinese else cased(english_company(), how)


def malaysian_address():
    number = choice(('NO.', 'NO ', 'LOT ', 'NO: ', '', 'PT ', 'NO. ', 'UNIT ', 'LOT NO.')) + digits(randint(1, 4))
    number += choice(('', '', '-G', 'A', f' & {digits(2)}', f'-{digits(1)}', f', {digits(2)} & {digits(2)}'))
    road = choice(('JALAN', 'JLN', 'JALAN', 'LORONG', 'PERSIARAN', 'LEBUH', 'JALAN SS')) + ' '
    road += choice((choice(MALAY), word().upper(), f'{choice(MALAY)} {word().upper()}'))
    road += choice(('', f' {digits(1)}', f' {digits(2)}/{digits(1)}', f' {choice("ABCU")}{randint(1, 30)}', f' {digits(1)}/{digits(2)}'))
    area = choice(('TAMAN', 'TMN', 'BANDAR', 'KAMPUNG', 'KAWASAN PERINDUSTRIAN', 'SEKSYEN', 'DESA', 'PUSAT BANDAR')) + ' '
    area += choice((choice(MALAY), word().upper(), f'{choice(MALAY)} {choice(MALAY)}'))
    parts = [number + ',', road + ',', area + ',', f'{digits(5)} {choice(MALAYSIAN_CITIES)}' + choice((',', '', '.'))]
    if chance(.6):
        parts.append(choice(MALAYSIAN_STATES) + choice(('', '.', ',')))
    if chance(.12):
        parts.append('MALAYSIA')
    if chance(.15):
        del parts[2]
    if chance(.2):
        parts.insert(0, choice(('GROUND FLOOR,', '1ST FLOOR,', f'LEVEL {randint(1, 9)},', f'WISMA {word().upper()},', f'PLAZA {word().upper()},')))
    text = ' '.join(parts)
    if chance(.3):
        text = text.replace(', ', ',')
    return text.title() if chance(.25) else text


def american_address():
    street = choice(STREETS) if chance(.5) else f"{word().title()} {choice(('St', 'Ave', 'Road', 'Blvd', 'Street', 'Lane', 'Drive'))}"
    text = digits(randint(2, 5)) + ' ' + choice(('', 'N ', 'S ', 'W ')) + street + choice((',', ',', f', Suite {randint(1, 900)},', f' #{randint(1, 99)},'))
    text += f' {word().title()}, {choice(AMERICAN_STATES)} {digits(5)}'
    return text.upper() if chance(.4) else text


def english_address():
    return malaysian_address() if chance(.7) else american_address()


def chinese_address():
    text = choice(PLACES) + choice(('省', '市', '')) if chance(.6) else ''
    text += choice(PLACES) + choice(('市', '区', '县', ''))
    text += chinese(2, 2) + choice(('区', '县', '镇', '街道')) if chance(.6) else ''
    text += chinese(2, 3) + choice(('路', '街', '大道', '巷')) + f'{randint(1, 999)}号'
    building = chinese(2, 3) + choice(('大厦', '广场', '小区', '园')) + choice(('', f'{randint(1, 30)}层', f'{randint(1, 20)}栋{randint(101, 999)}室'))
    return text + choice(('', building, f'{randint(100, 2000)}室'))


def address(is_chinese):
    return chinese_address() if is_chinese else english_address()


# -- codes and contacts

def code():
    """An order, serial, invoice or batch number in one of many shapes."""
    kind = random01()
    if kind < .2:
        return digits(randint(4, 16))
    if kind < .4:
        prefix = choice(('INV', 'CS', 'TD', 'PO', 'SO', 'OR', 'R', 'A', 'B', 'CB', 'SN', 'NO', 'DOC', 'ORD', 'WX', 'HT', 'JY', 'BX'))
        return prefix + choice(('', '-', '/', ' ')) + digits(randint(4, 12))
    if kind < .55:
        return letters_digits(randint(5, 14))
    if kind < .7:
        return f'{letters_digits(randint(2, 4))}-{letters_digits(randint(3, 6))}' + choice(('', '-' + letters_digits(randint(2, 4))))
    if kind < .8:
        return choice('ABCDEFGHKMPSTX') + digits(randint(2, 5)) + choice(('', '/', '-')) + digits(randint(2, 5))
    if kind < .9:
        return f'20{digits(2)}{randint(1, 12):02d}{randint(1, 28):02d}{digits(randint(3, 10))}'
    return digits(randint(2, 5)) + choice('-/.') + digits(randint(2, 6))


def phone(is_chinese):
    if is_chinese:
        kind = random01()
        if kind < .5:
            return '1' + choice('3456789') + digits(9)
        if kind < .8:
            return f'0{digits(choice((2, 3)))}-{digits(8)}'
        return f'400-{digits(3)}-{digits(4)}' if kind < .9 else f'1{choice("35789")}{digits(1)} {digits(4)} {digits(4)}'
    return choice((f'0{choice("345679")}-{digits(4)} {digits(4)}', f'0{choice("345679")}-{digits(8)}', f'01{digits(1)}-{digits(3)} {digits(4)}',
                   f'({digits(3)}) {digits(3)}-{digits(4)}', f'{digits(3)}-{digits(3)}-{digits(4)}', f'+60{choice("34")}-{digits(7)}', '0' + digits(9),
                   f'+{digits(2)} {digits(3)} {digits(6)}'))


def email():
    host = choice(('gmail.com', 'yahoo.com', 'hotmail.com', '163.com', 'qq.com', invented() + '.com', choice(ENGLISH) + '.com.my', choice(ENGLISH) + '.cn'))
    return invented() + choice(('', '.', '_')) + choice(ENGLISH) + '@' + host


def website():
    return 'www.' + invented() + choice(('.com', '.com.my', '.cn', '.com.cn'))


# -- dates and times

_SHORT = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split()
_LONG = 'January February March April May June July August September October November December'.split()
CHINESE_DATES = [
    lambda y, m, d: f'{y}年{m:02d}月{d:02d}日', lambda y, m, d: f'{y}年{m}月{d}日', lambda y, m, d: f'{y}-{m:02d}-{d:02d}', lambda y, m, d: f'{y}/{m:02d}/{d:02d}',
    lambda y, m, d: f'{y}.{m:02d}.{d:02d}', lambda y, m, d: f'{y}/{m}/{d}', lambda y, m, d: f'{y}.{m}.{d}']
RARE_CHINESE_DATES = [lambda y, m, d: f'{m:02d}-{d:02d}', lambda y, m, d: f'{m}月{d}日', lambda y, m, d: f'{y}年 {m:02d}月 {d:02d}日',
                      lambda y, m, d: f'{y}{m:02d}{d:02d}']
ENGLISH_DATES = [lambda y, m, d: f'{d:02d}/{m:02d}/{y}'] * 4 + [lambda y, m, d: f'{d:02d}-{m:02d}-{y}'] * 2 + [
    lambda y, m, d: f'{d:02d}/{m:02d}/{y % 100:02d}', lambda y, m, d: f'{d}/{m}/{y}', lambda y, m, d: f'{y}-{m:02d}-{d:02d}',
    lambda y, m, d: f'{d:02d} {_SHORT[m - 1]} {y}', lambda y, m, d: f'{d:02d} {_SHORT[m - 1].upper()} {y}', lambda y, m, d: f'{d:02d}-{_SHORT[m - 1]}-{y}',
    lambda y, m, d: f'{d:02d}-{_SHORT[m - 1].upper()}-{y % 100:02d}', lambda y, m, d: f'{_SHORT[m - 1]} {d}, {y}', lambda y, m, d: f'{_LONG[m - 1]} {d}, {y}',
    lambda y, m, d: f'{d} {_LONG[m - 1]} {y}', lambda y, m, d: f'{d:02d}.{m:02d}.{y}', lambda y, m, d: f'{d:02d}.{m:02d}.{y % 100:02d}',
    lambda y, m, d: f'{y}/{m:02d}/{d:02d}', lambda y, m, d: f'{m:02d}/{d:02d}/{y}', lambda y, m, d: f'{_SHORT[m - 1].upper()} {d:02d} {y}',
    lambda y, m, d: f'{d:02d}/{_SHORT[m - 1]}/{y}', lambda y, m, d: f'{d:02d}{_SHORT[m - 1].upper()}{y}', lambda y, m, d: f'{y}{m:02d}{d:02d}']


def day():
    """(year, month, day)."""
    return randint(1990, 2030) if chance(.3) else randint(2012, 2026), randint(1, 12), randint(1, 28)


def date_form(is_chinese):
    """One way to write dates, so that a table can keep it."""
    if not is_chinese:
        return choice(ENGLISH_DATES)
    return choice(CHINESE_DATES) if chance(.85) else choice(CHINESE_DATES + RARE_CHINESE_DATES)


def date(is_chinese):
    return date_form(is_chinese)(*day())


def time():
    hour, minute, second = randint(0, 23), randint(0, 59), randint(0, 59)
    kind = random01()
    if kind < .35:
        return f'{hour:02d}:{minute:02d}'
    if kind < .65:
        return f'{hour:02d}:{minute:02d}:{second:02d}'
    text = (f'{hour % 12 or 12}:{minute:02d}' if chance(.5) else f'{hour % 12 or 12:02d}:{minute:02d}') + (f':{second:02d}' if chance(.4) else '')
    return text + choice((' ', '')) + choice(('AM', 'PM', 'am', 'pm'))


# -- amounts

def money(value, grouped=True):
    """12345.6 → 12,345.60."""
    return f'{value:,.2f}' if grouped else f'{value:.2f}'


def price():
    """A price as a number: mostly small, sometimes thousands."""
    kind = random01()
    value = random01() * 15 + .5 if kind < .45 else random01() * 120 + 5 if kind < .85 else random01() * 5000 + 100
    if chance(.35):
        value = round(value) + choice((0, .5, .9, .99, .8, 0))
    return round(value, 2)
