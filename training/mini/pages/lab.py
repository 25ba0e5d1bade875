"""Laboratory reports: who was examined, results with reference ranges and flags."""
from ..chance import chance, choice, letters_digits, randint, uniform
from ..lexicon import cased, chinese, words
from ..sheet import Sheet
from .known_fields import known, value_of
from .parts_common import either, footer
from .parts_forms import pairs, table

_TESTS = {
    True: ('白细胞计数,红细胞计数,血红蛋白,血小板计数,中性粒细胞百分比,淋巴细胞百分比,红细胞压积,谷丙转氨酶,谷草转氨酶,总胆红素,白蛋白,总蛋白,尿素,肌酐,尿酸,葡萄糖,总胆固醇,甘油三酯,'
           '高密度脂蛋白,低密度脂蛋白,钾,钠,氯,钙,C反应蛋白,糖化血红蛋白,促甲状腺激素,铁蛋白,D-二聚体,乙肝表面抗体').split(','),
    False: ('WBC,RBC,Hemoglobin,Hematocrit,MCV,MCH,Platelets,Neutrophils,Lymphocytes,ALT,AST,Total Bilirubin,Albumin,Total Protein,Urea,Creatinine,Uric Acid,'
            'Glucose,Cholesterol,'
            'Triglycerides,HDL,LDL,Potassium,Sodium,Chloride,Calcium,CRP,HbA1c,TSH,Ferritin').split(',')}
_UNITS = ('g/L', 'mmol/L', 'U/L', '10^9/L', '%', 'mg/dL', 'umol/L', 'ng/mL', 'fL', 'μmol/L', 'mIU/L', 'pg', '10^12/L')
_NAME, _RESULT, _UNIT, _RANGE, _FLAG, _CODE = range(6)


def compose():
    sheet = Sheet(chance(.7), 'lab')
    is_chinese = sheet.is_chinese
    _heading(sheet)
    labels = {'age': '年龄' if is_chinese else 'Age', 'patient': '姓名|患者姓名|姓 名|病人姓名' if is_chinese else 'Name|Patient|Patient Name',
              'remark': '备注|临床印象' if is_chinese else 'Remarks|Clinical notes',
              'type': '标本类型|标本种类|样本类型' if is_chinese else 'Specimen|Sample Type', 'idno': '病历号|住院号|就诊卡号|门诊号' if is_chinese else 'MRN|Patient ID|Hospital No.'}
    values = {'type': either(is_chinese, '血清|全血|尿液|血浆|静脉血', 'Serum|Whole blood|Urine|Plasma'), 'idno': value_of('code', is_chinese)}
    head = known(is_chinese, 'patient sex age sampleid idno dept ward bedno doctor sdate diag type', choice((.5, .75, .9)), .4, values, labels)
    pairs(sheet, head, choice(('grid', 'grid', 'grid_two', 'one', 'two', 'head')))
    _results(sheet)
    end = known(is_chinese, 'rdate checkedby preparedby remark', .55, .3, labels={
        'checkedby': '审核者|审核|复核|审核医师' if is_chinese else 'Verified by|Checked by|Authorised by', 'preparedby': '检验者|检验医师|操作者' if is_chinese
        else 'Tested by|Technician',
        'remark': '备注|建议与解释' if is_chinese else 'Comment|Remarks', 'rdate': '报告时间|报告日期|审核时间' if is_chinese else 'Reported|Report Date|Printed'})
    pairs(sheet, end, choice(('grid', 'grid', 'one')))
    footer(sheet, '本报告仅对所检测的标本负责|此结果仅供临床医师参考|★为本市互认项目|如有疑问请当日复查', 'Results relate only to the sample tested|*** End of report ***|Please correlate clinically')
    return sheet


def _heading(sheet):
    """The hospital, alone or before 'laboratory report'."""
    is_chinese = sheet.is_chinese
    if chance(.92):
        hospital = sheet.seen(value_of('hospital', is_chinese))
        sheet.put('hospital', hospital)
        together = chance(.3)
        ending = either(is_chinese, '检验报告单|检验报告|化验单|血常规检验报告', ' Laboratory Report| - Lab Report')
        sheet.row((hospital + (ending if together else ''), .5, 'c', choice((1.2, 1.5))))
        if together:
            return
    if chance(.6):
        sheet.title('title', either(is_chinese, '检验报告单|血常规|生化检验报告|体检报告|检测报告单|化验报告', 'LABORATORY REPORT|Blood Test Results|Biochemistry|Full Blood Count|'
                                    'Test Report'), choice((1, 1.3)))


def _test_names(is_chinese, count):
    names = []
    abbreviated = chance(.25)
    while len(names) < count:
        kind = randint(1, 100)
        if kind <= 60:
            name = choice(_TESTS[is_chinese])
        elif is_chinese:
            name = chinese(2, 6)
        else:
            name = cased(words(1, 2), 't') if kind <= 85 else letters_digits(randint(2, 4))
        name += f'({letters_digits(randint(2, 4))})' if abbreviated and chance(.6) else ''
        if name not in names:
            names.append(name)
    return names


def _result(flags, dash):
    """(result, range, flag)."""
    low = round(uniform(0, 50), choice((0, 1, 2)))
    high = round(low + uniform(.5, 60), 1)
    side = choice((0, 1, 2, 2, 2))  # above, below, inside
    value = (high * 1.2 + .3, low * .7, (low + high) / 2)[side]
    decimals = choice((1, 1, 2))
    shown = f'{value:.{decimals}f}'
    if side == 1 and float(shown) >= low:  # nothing is below a range from 0
        shown, side = f'{(low + high) / 2:.{decimals}f}', 2
    return shown, f'{low:g}{dash}{high:g}', flags[side]


def _results(sheet):
    is_chinese = sheet.is_chinese
    headings = {
        _NAME: either(is_chinese, '项目|检验项目|指标|项目名称|检测项目|分析项目', 'Test|Item|Analyte|Investigation|Test Name'),
        _RESULT: either(is_chinese, '结果|检测结果|数值|测定值|检验结果', 'Result|Value|Results'),
        _UNIT: either(is_chinese, '单位', 'Unit|Units'), _RANGE: either(is_chinese, '参考范围|参考值|参考区间|正常范围', 'Reference|Ref. Range|Normal Range|Reference Interval'),
        _FLAG: either(is_chinese, '提示|状态|标志|异常提示', 'Flag|Status|Abn'), _CODE: either(is_chinese, '代号|缩写|英文', 'Code|Abbr')}
    # Arrows are often not printed for normal results; words are.
    flags = choice((('↑', '↓', ''), ('↑', '↓', ''), ('H', 'L', ''), ('偏高', '偏低', '正常'), ('高', '低', '')) if is_chinese else (('H', 'L', ''),
        ('High', 'Low', 'Normal'), ('H', 'L', 'N'), ('↑', '↓', '')))
    order = choice(([_NAME, _RESULT, _UNIT, _RANGE, _FLAG], [_NAME, _RESULT, _FLAG, _UNIT, _RANGE], [_NAME, _RESULT, _UNIT, _RANGE],
                    [_NAME, _RESULT, _RANGE, _UNIT, _FLAG],
                    [_NAME, _CODE, _RESULT, _FLAG, _RANGE, _UNIT], [_NAME, _RESULT, _RANGE]))
    rows, dash = [], choice(('-', '-', '~', '--', ' - '))
    for name in _test_names(is_chinese, choice((2, 3, 4, 5, 6, 8, 10, 14))):
        shown, reference, flag = _result(flags, dash)
        cells = {_NAME: name, _RESULT: shown, _UNIT: choice(_UNITS), _RANGE: reference, _FLAG: flag, _CODE: letters_digits(randint(2, 4))}
        rows.append([cells[column] for column in order])
    # A table with many misread cells would teach nothing about looking up.
    rate, sheet.noise.rate = sheet.noise.rate, min(sheet.noise.rate, .004)
    kinds = [{_NAME: 'name', _RESULT: 'num'}.get(column, 's') for column in order]
    table(sheet, [headings[column] for column in order], rows, kinds, flags=(order.index(_FLAG), flags) if _FLAG in order else None)
    sheet.noise.rate = rate
