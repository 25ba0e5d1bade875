"""Prescriptions: patient, diagnosis, drugs with dose and use, doctor, pharmacist."""
from ..chance import chance, choice, randint
from ..lexicon import cased, chinese, invented, words
from ..sheet import Sheet
from ..values import money, person, price
from .known_fields import known, value_of
from .parts_common import either, footer
from .parts_forms import pairs

_STRENGTHS = ('0.5g', '10mg', '20mg', '250mg', '5ml', '0.25g', '100mg', '75mg', '1g')
_FORMS = {True: '片|胶囊|颗粒|口服液|缓释片|注射液|软膏|滴眼液', False: 'tab|cap|syrup|cream|tablets|capsules|drops'}


def compose():
    sheet = Sheet(chance(.75), 'prescription')
    is_chinese = sheet.is_chinese
    if chance(.9):
        hospital = sheet.seen(value_of('hospital', is_chinese))
        sheet.put('hospital', hospital)
        sheet.row((hospital + (choice(('', '处方笺', '门诊处方')) if is_chinese else ''), .5, 'c', choice((1.2, 1.5))))
    if chance(.6):
        sheet.title('title', either(is_chinese, '处方笺|门诊处方笺|普通处方|处 方|电子处方', 'PRESCRIPTION|Prescription|Rx|Medication Order'), choice((1, 1.4)))
    labels = {'patient': '姓名|患者姓名' if is_chinese else 'Patient|Name|Patient Name', 'orderno': '处方号|处方编号|门诊号' if is_chinese
              else 'Rx No|Prescription No.|File No.',
              'type': '费别|费用类别' if is_chinese else 'Insurance|Plan', 'address': '住址|地址' if is_chinese else 'Address',
              'date': '开具日期|日期|就诊日期' if is_chinese else 'Date|Date of Issue',
              'weight': '体重' if is_chinese else 'Weight', 'diag': '诊断|临床诊断' if is_chinese else 'Diagnosis|Dx'}
    values = {'type': either(is_chinese, '医保|自费|公费|新农合', 'Private|Self-pay|Medicare'), 'weight': f'{randint(8, 110)}kg'}
    head = known(is_chinese, 'patient sex age orderno dept date diag type address phone weight birth', choice((.45, .65, .85)), .4, values, labels)
    pairs(sheet, head, choice(('grid', 'grid', 'grid_two', 'one', 'two')))
    total = _drugs(sheet)
    end = known(is_chinese, 'doctor checkedby preparedby', .7, .2, labels={
        'checkedby': '审核药师|审核|复核' if is_chinese else 'Pharmacist|Checked by', 'preparedby': '调配|调配药师|发药' if is_chinese else 'Dispensed by|Prepared by',
        'doctor': '医师|处方医师|医生' if is_chinese else 'Doctor|Physician|Prescriber|Signature of Dr.'})
    if chance(.6):
        end.append(('total', either(is_chinese, '药品金额|金额|总金额|药费合计', 'Total|Amount|Drug cost'), money(total)))
    pairs(sheet, end, choice(('grid', 'grid', 'one', 'right')))
    footer(sheet, '处方当日有效|请遵医嘱服药|以下空白|特殊情况需延长有效期的请注明', 'Valid for 30 days|Refills: 0|Take as directed|Substitution permitted')
    return sheet


def _drug(is_chinese):
    if is_chinese:
        return chinese(2, 4) + choice(_FORMS[True].split('|'))
    return f'{cased(invented(randint(2, 3)), "t")} {choice(_FORMS[False].split("|"))}'


def _use(is_chinese):
    if is_chinese:
        dose = f'{choice((1, 2, 3, 0.5))}{choice(("片", "粒", "袋", "g"))}'
        return choice((f'每次{dose} {choice(("口服", "饭后服"))} 每日{randint(1, 4)}次', f'Sig: {dose} {choice(("po", "口服"))} {choice(("bid", "tid", "qd", "每日三次"))}',
                       f'用法：口服，一次{dose}，一日{randint(1, 4)}次'))
    return choice((f'Sig: {randint(1, 2)} tab {choice(("po", "by mouth"))} {choice(("bid", "tid", "daily", "q8h"))} x {randint(3, 14)} days',
                   f'Take {randint(1, 2)} {choice(("once", "twice"))} a day {words(1, 2)}'))


def _drugs(sheet):
    """Prints the drugs and registers them as items; the sum of their prices."""
    is_chinese, total, used = sheet.is_chinese, 0, set()
    numbered, with_price = chance(.6), chance(.5)
    if chance(.6):
        sheet.row((choice(('Rp', 'R', 'Rx', 'Rp.', 'R:')), .02, 'l', 1.5))
    for number in range(1, choice((2, 2, 3, 4, 6))):
        name = sheet.seen(_drug(is_chinese))
        if name in used:
            continue
        used.add(name)
        count, unit = str(randint(1, 6)), choice(('盒', '瓶', '支') if is_chinese else ('box', 'pcs', 'btl'))
        cost = round(min(price(), 500), 2)
        total += cost
        item = {'name': name, 'qty': count}
        cells = [((f'{number}.' if numbered else '') + name, .04), (choice(_STRENGTHS) + choice(('',
            f'*{randint(6, 48)}{choice(("片", "粒") if is_chinese else ("s", ""))}')), .45), (choice(('×', 'x', '')) + count + unit, .7)]
        if with_price:
            item['amount'] = sheet.seen(money(cost))
            cells.append((item['amount'], .98, 'r'))
        sheet.items.append(item)
        sheet.row(*cells)
        if chance(.8):
            sheet.row((sheet.seen(_use(is_chinese)), .1), gap=.9)
    if chance(.1):
        sheet.row((sheet.seen(person(is_chinese)), .7))
    return total
