"""Parts of any page with labels: label/value pairs in many arrangements, random labels and values, prose, tables."""
from ..chance import chance, choice, randint, random01
from ..lexicon import NOUNS, OTHER, cased, chinese, invented, word, words
from ..sheet import Cell, Table, wrap
from ..values import address, code, company, date, email, money, person, phone, price, time

LAYOUTS = ('one', 'one', 'two', 'two', 'right', 'above', 'grid', 'grid', 'grid_two', 'head', 'mixed')


# -- label/value pairs

def pairs(sheet, pairs, layout=None, x=.02, width=.96):
    """Prints and registers (key, label, value) triples; a key of None is printed only. Layouts: one cell each ('one'), label and value apart ('two'),
    values at the right edge ('right'), below their labels ('above'), several beside each other ('grid', 'grid_two'), labels over values ('head'), 'mixed'."""
    layout = layout or choice(LAYOUTS)
    if layout == 'mixed':
        for triple in pairs:
            _stacked(sheet, [triple], choice(('one', 'two', 'one')), x, width)
    elif layout in ('grid', 'grid_two'):
        _grid(sheet, pairs, layout == 'grid_two', x, width)
    elif layout == 'head':
        _head(sheet, pairs, x, width)
    else:
        _stacked(sheet, pairs, layout, x, width)


def _stacked(sheet, triples, style, x, width):
    """One pair a row; long values sometimes go on over several rows."""
    before, sheet.style = sheet.style, style
    value_x = x + choice((.15, .25, .35, .5)) * width
    long = 18 if sheet.is_chinese else 34
    for key, label, value in triples:
        if key and key in sheet.fields:
            continue
        if len(value) > long and style in ('one', 'two') and chance(.5):
            _long_value(sheet, key, label, value, x, value_x)
        else:
            sheet.pair(key, label, value, x, value_x, end=x + width)
    sheet.style = before


def _long_value(sheet, key, label, value, x, value_x):
    length = randint(9, 16) if sheet.is_chinese else randint(16, 30)
    lines = [line for line in map(sheet.seen, wrap(value, length, sheet.is_chinese)) if line]
    label = sheet.seen(label)
    if key:
        sheet.put(key, ('' if sheet.is_chinese else ' ').join(lines), label)
    if sheet.style == 'one':
        sheet.row((label + sheet.separator + lines[0], x))
        more_x = x if chance(.6) else x + .1
    else:
        sheet.row((label + sheet.separator.rstrip(), x), (lines[0], value_x))
        more_x = value_x
    for line in lines[1:]:
        sheet.row((line, more_x), gap=.8)


def _fresh(sheet, triples):
    """The triples as the reader sees them, registered; those whose key is taken are left out."""
    found = []
    for key, label, value in triples:
        label, value = sheet.seen(label), sheet.seen(value)
        if key is None or sheet.put(key, value, label):
            found.append((label, value))
    return found


def _grid(sheet, triples, is_apart, x, width):
    """Two or three pairs a row, each in one cell or (is_apart) label and value in their own."""
    count = choice((2, 2, 2, 3))
    share, colon = choice((.3, .36, .42)), sheet.separator.rstrip() if chance(.6) else ''
    for start in range(0, len(triples), count):
        cells = []
        for i, (label, value) in enumerate(_fresh(sheet, triples[start:start + count])):
            left = x + width * i / count
            if is_apart:
                cells += [Cell(label + colon, left), Cell(value, left + share * width / count)]
            else:
                cells.append(Cell(label + sheet.separator + value, left))
        sheet.row(*cells)


def _head(sheet, triples, x, width):
    """A row of labels over a row of values, as many as fit."""
    count = choice((2, 3, 4))
    align = choice(('l', 'l', 'c'))
    for start in range(0, len(triples), count):
        fresh = _fresh(sheet, triples[start:start + count])
        places = [x + width * (i + (.5 if align == 'c' else 0)) / count for i in range(len(fresh))]
        sheet.row(*[Cell(label, left, align) for (label, _), left in zip(fresh, places)])
        sheet.row(*[Cell(value, left, align) for (_, value), left in zip(fresh, places)])


# -- random labels and values

_CHINESE_ENDINGS = ['', ''] + '编号,名称,日期,号,时间,人,单位,地点,类型,金额,数量,方式,状态,等级,代码,说明,要求,比例,次数,标准,来源,范围,结果'.split(',')
_CHINESE_LABELS = ('姓名,性别,年龄,职务,部门,单位,联系人,电话,备注,编号,类别,级别,有效期,籍贯,学历,专业,民族,身份证号,住址,申请日期,审批人,负责人,经办人,工号,车牌号,规格,产地,保质期,生产日期,净含量,批号,班级,学号,科目,成绩,账号,开户行,'
                   '币种,用途,摘要,运单号,件数,重量,申请人,到货日期,验收人,合同号,政治面貌,毕业院校,参加工作时间,健康状况,紧急联系电话,户籍地址,项目编号,设备名称,安装位置,检修周期,检查结果,处理意见,领用人,归还日期,存放地点').split(',')
_ENGLISH_LABELS = ('name,gender,age,position,department,contact,phone,remarks,category,level,valid until,origin,major,account,bank,currency,'
                   'purpose,ship via,weight,pieces,issued by,approved by,license no,vehicle,class,section,subject,grade,policy no,claim no,patient,'
                   'doctor,ward,room,arrival,departure,seat,gate,flight,height,color,size,brand,batch,expiry,lot,due date,reference,order no,'
                   'po number,terms,sales rep,nationality,passport no,birth date,place of birth,occupation,company,address,email,website,'
                   'supervisor,inspected by,start time,end time,cost centre,asset tag,warranty,condition,quantity issued,next review').split(',')
_ENGLISH_ENDINGS = ['', ''] + ' no| id| name| date| code| type| no.| #| status| number| rate| level| ref'.split('|')


def random_label(is_chinese):
    kind = random01()
    if is_chinese:
        if kind < .6:
            return chinese(2, 4) + choice(_CHINESE_ENDINGS)
        return choice(_CHINESE_LABELS) if kind < .75 else choice(OTHER) + choice(NOUNS)
    if kind < .65:
        text = words(1, 2) + (choice(_ENGLISH_ENDINGS) if chance(.94) else f' ({word()})')
    elif kind < .85:
        text = choice(_ENGLISH_LABELS)
    else:
        text = invented() + ' ' + choice(('no', 'id', 'code', 'rate', 'value', 'type', 'name'))
    return cased(text)


_CHINESE_STATES, _ENGLISH_STATES = '是,否,男,女,有,无,合格,A,B级,已婚,良好,通过'.split(','), 'Yes,No,M,F,Male,Female,N/A,A+,Pass,Fail,None,Good'.split(',')


def random_value(is_chinese):
    kind = random01()
    makers = ((.18, code), (.3, lambda: date(is_chinese)), (.42, lambda: person(is_chinese)), (.5, _number), (.55, lambda: phone(is_chinese)),
              (.6, lambda: address(is_chinese)), (.64, lambda: company(is_chinese)), (.68, lambda: choice(_CHINESE_STATES if is_chinese else _ENGLISH_STATES)),
              (.72, email), (.76, time))
    for limit, maker in makers:
        if kind < limit:
            return maker()
    if is_chinese:
        return chinese(2, 6) if chance(.6) else chinese(4, 8) + chinese(3, 8)
    return cased(words(1, 3)) if chance(.7) else words(3, 8)


def _number():
    kind = randint(1, 6)
    if kind == 1:
        return money(price())
    if kind == 2:
        return str(randint(0, 9999))
    if kind == 3:
        return f'{randint(1, 100)}%'
    if kind == 4:
        return f'{random01() * 100:.1f}'
    if kind == 5:
        return choice(('RM', '$', '¥', '€')) + money(price())
    return f'{randint(1, 900)}' + choice((' kg', ' pcs', 'mm', ' V', ' days', '件', '个', 'L', 'km', ' 台'))


def random_pairs(is_chinese, count):
    """`count` triples for pairs() under 'label:TEXT' keys, with different labels."""
    found, used = [], set()
    while len(found) < count:
        label = random_label(is_chinese)
        if label.lower() not in used:
            used.add(label.lower())
            found.append(('label:' + label, label, random_value(is_chinese)))
    return found


# -- prose and tables

def prose(sheet, least=1, most=3):
    """A few lines of running text that say nothing."""
    for _ in range(randint(least, most)):
        text = f'{chinese(4, 8)}{chinese(4, 8)}，{chinese(4, 8)}。' if sheet.is_chinese else cased(words(5, 12), 'a') + '.'
        sheet.row((sheet.seen(text), .02), gap=.8)


def _print_length(text):
    return sum(2 if character > '\u2e80' else 1 for character in text)


def column_starts(columns, rows, x=.02, width=.96):
    """Left edges in proportion to what the columns hold."""
    lengths = [max(map(_print_length, cells)) + 2 for cells in zip(columns, *rows)]
    starts, used = [], 0
    for length in lengths:
        starts.append(x + width * used / sum(lengths))
        used += length
    return starts


def table(sheet, columns, rows, kinds, starts=None, flags=None, days=None, header=True, align=None, x=.02, width=.96):
    """Prints a table and registers it in sheet.tables. Rows are lists of texts, '' for an empty cell;
    `kinds` is one of 'name', 'num', 'date', 's' a column.
    `starts`: left edges; `align`: a letter a column (numbers are sometimes right-aligned by themselves);
    header=False registers the columns without printing them."""
    columns = [sheet.seen(text) for text in columns]
    rows = [[sheet.seen(text) if text else '' for text in row] for row in rows]
    starts = starts or column_starts(columns, rows, x, width)
    if align is None:
        numbers_right = chance(.35)
        align = ['r' if numbers_right and kind == 'num' and i else 'l' for i, kind in enumerate(kinds)]
    ends = starts[1:] + [x + width]
    places = [ends[i] - .02 if align[i] == 'r' else (starts[i] + ends[i]) / 2 if align[i] == 'c' else starts[i] for i in range(len(columns))]
    for line in ([columns] if header else []) + rows:
        sheet.row(*[Cell(text, place, side) for text, place, side in zip(line, places, align)])
    sheet.tables.append(Table(columns, rows, list(kinds), flags, days or {}))
    return sheet.tables[-1]
