"""How the forms of formats.py are asked for, in English and Chinese. Data only."""


def _split(text):
    return tuple(part for part in ''.join(line.lstrip(' ') for line in text.split('\n')).split('|'))


ENGLISH = {
    'json skeleton': _split('Fill in this JSON: |Return JSON in this form: |Output exactly this JSON with the values filled in: |Use this JSON template: |Answer with this object, filled in: |JSON: '
                            '|Format: |Output format: |The answer must look like this: |Complete the JSON: |Follow this schema: |Respond using this structure: |Keep these keys: |Put the values here: '
                            '|Expected output: |Give back the following JSON object: |Fill the gaps: |Structure: |Template: |Only replace the values: |Write it like this: |In this shape: |as '
                            '|Result format (JSON): |The output should be: |Please use exactly these keys: |Answer as |{Return} this: '.replace('{Return}', 'Return')),
    'json': _split('Answer in JSON.|Output as a JSON object with these keys.|Return JSON only.|Use JSON.|As JSON.|Give a JSON object.|Format: JSON.|Reply with a single JSON object whose keys are these names.'
                   '|in JSON format|The output is JSON.|Respond in JSON, the names as keys.|JSON please.|Put them into a JSON object.|One JSON object, keys as named.|Deliver JSON.|Make it JSON.'
                   '|Write a JSON object with the field names as keys and the values as strings.|I need JSON.|Produce valid JSON.|Serialise as JSON.|Output: JSON object.|json|key/value JSON, in this order'
                   '|Return it as an object in JSON notation.|Answer: a JSON dictionary.|Result as JSON, all on one line.|as a json dict|Send JSON back.'),
    'json pairs': _split('Output a JSON array of objects with "{name}" and "{value}".|Return a JSON list, one object a field, with the keys {name} and {value}.'
                         '|As JSON array: each entry has {name} and {value}.|Format: [{{"{name}": ..., "{value}": ...}}, ...]|Answer with a list of {{{name}, {value}}} objects in JSON.'),
    'skeleton': _split('Fill in the template:|Answer in this format:|Use exactly this template:|Answer like this:|Format:|Output format:|Fill the gaps:|Complete the following:|Write it like this:'
                       '|The answer has to look like this:|Keep this form:|Template:|Form to fill in:|Please complete:|Copy these lines and add the values:|Fill in:|Expected output:|Complete this list:'
                       '|Use the form below:|Return this, completed:|Put the values behind the names:|In the following form:|Layout of the answer:|Here is the form:|Stick to this layout:|Reply with:'),
    'line pattern': _split('One per line as {}.|Write each on its own line in the form {}.|Format: {}|Answer each as {} on its own line.|Use the form {}, one line each.|Lines like {}|Each line: {}'
                           '|Output lines of the form "{}".|Every field on a new line: {}|One line a field, written {}|in the form {}, line by line|as {} (one a line)|Pattern: {}|Layout: {} per line'
                           '|Show each as {}, separated by line breaks.|Each field gets a line: {}|List them as {}, one below the other.|Follow the pattern {} for each.|Style: {}|Give lines "{}".'),
    'values': _split('Only the values, one per line, in this order.|Values only, each on a new line.|Just the values, line by line.|One value per line, without names.|Give the bare values, one a line.'
                     '|Output nothing but the values, one below the other.|No labels: a line for each value.|Write the values under each other in the given order.|Plain values, newline separated.'
                     '|Leave the names out; one value a line.|Do not repeat the names, only values, one per line.|Answer with one line for each, only the value.|Same order, one line each, no keys.'),
    'csv': _split('One line, values separated by {}.|As a CSV line with {} as separator.|Separate the values with {} on one line.|Put all values on a single line, divided by {}.|Output a single row, {} between values.'
                  '|Values in this order, separated by {}, no header.|CSV row ({} between the values).|Join the values with {}.|A row for my table, {} in between.'),
    'csv header': _split('As CSV with a header line, {} as separator.|Two lines: the names, then the values, separated by {}.|CSV, header first, {} between.|First a line with the names, then one with the values, both divided by {}.'
                         '|Output header and row, separated by {}.|Give a header row and a data row ({} between cells).'),
    'tall table': _split('As a markdown table with the columns {} and {}.|Make a table: {} | {}.|Answer with a markdown table, columns {}, {}.|Output a two-column table ({}, {}) in markdown.|Markdown table, one row a field, head: {} and {}.'),
    'wide table': _split('As a markdown table with one column for each field.|Make a markdown table: names as the header, values in one row.|Output a table with the names on top and one row of values.'
                         '|Markdown table, a column a field.|One-row markdown table.'),
    'sentence': _split('Answer with this line, gaps filled: |Replace the placeholders: |Output one line: |Fill in this line: |Substitute the values in: |Write exactly: |Use this pattern: |Message to write: '
                       '|Put the values in place of the marks: |Log line: |File name pattern: |Complete: |The answer is one line of the form |Text to complete: |Return the string |Fill: '),
}

CHINESE = {
    'json skeleton': _split('请按下列JSON格式输出：|按以下JSON模板填写：|输出JSON：|请以如下JSON返回：|JSON格式如下：|格式：|输出格式：|把值填入：|补全这个JSON：|用这个结构回答：|键名保持不变：|结果形如：|期望输出：|模板：'
                            '|严格按此结构：|照这个样子：|填好下面的JSON：|返回对象：|按照这个对象的键填值：|只替换值：|返回如下结构：|结构：|最终结果写成：|请补充完整：|JSON：|将下面空白处补齐：|输出应为：|回答格式为'),
    'json': _split('以JSON格式输出|返回JSON|用JSON回答，键为上述字段名|输出一个JSON对象|JSON格式|结果用JSON表示|请输出JSON，键就用这些名称|写成JSON|整理成JSON|只返回JSON|以JSON对象返回，键名同上|转成JSON给我|要JSON'
                   '|用json|输出json字典|用键值对JSON表示|生成JSON，一行写完|JSON输出，字段名作键|按顺序输出为JSON|请给出合法的JSON|格式为JSON对象|结果为JSON|返回一个json|组成一个JSON|以json形式给出，顺序不变'),
    'json pairs': _split('输出JSON数组，每个元素含“{name}”和“{value}”|返回JSON列表，每个字段一个对象，键为{name}、{value}|以JSON数组表示，每项有{name}和{value}|格式：[{{"{name}": ..., "{value}": ...}}, ...]'
                         '|用数组列出，每个对象有两个键：{name}、{value}（JSON）'),
    'skeleton': _split('请按以下格式输出：|请根据图片填写：|提取信息并按模板回答：|请按下面的模板输出：|严格按照此格式回答：|格式：|输出格式：|填空：|补全下列内容：|照这样写：|答案应如下：|模板：|填写下表：|请补充完整：|把内容填在后面：'
                       '|按下列样式：|样式如下：|完成下面各行：|抄写并补全：|填好以下表单：|按这个样子给我：|结果写成：|用下面的格式：|照此填写：|请将下面各项填好：|把空补上：|回答格式如下：'),
    'line pattern': _split('每行一个，格式：{}|按 {} 的格式每行一个输出|每行一个，格式为{}|格式：{}|写成“{}”，一行一个|逐行输出：{}|每行写一项：{}|用“{}”的形式，分行写|一行一条，形如{}|按照{}逐行列出|每个字段占一行：{}|以{}形式换行输出'
                           '|样式：{}，每行一项|每行：{}|结果形如 {}，各占一行|输出若干行，每行{}|分行回答，{}|一项一行：{}'),
    'values': _split('只输出值，每行一个，按顺序|依次输出各字段的值，一行一个|只写内容，每行一个|不要字段名，逐行给出值|按顺序一行一个值|仅值，换行分隔|只要值，分行写|值与值之间换行，不写名称|每行一个值，不带名称|不重复字段名，只写值，一个一行'
                     '|按上述顺序，每行写一个内容|光写值就行，一行一个'),
    'csv': _split('写成一行，用{}隔开|值之间用{}分隔，一行输出|输出一行CSV，分隔符为{}|一行，以{}分隔|各值用{}连接|按顺序用{}隔开，不要表头|单行输出，{}分割|只写值，中间用{}，不换行'),
    'csv header': _split('输出CSV，含表头，用{}分隔|两行：第一行名称，第二行值，用{}隔开|先写表头再写数据，{}分隔|带表头的CSV（{}）|第一行为字段名，第二行为值，均以{}分隔'),
    'tall table': _split('用markdown表格表示，两列：{}、{}|做成表格：{} | {}|以表格回答，列为{}和{}|输出两列的Markdown表（{}，{}）|列个表，表头是{}和{}'),
    'wide table': _split('用markdown表格表示，每个字段一列|做成表格，名称作表头，值一行|表格形式，一个字段一列|输出一行数据的Markdown表格|横向表格，第一行为名称'),
    'sentence': _split('把空补上：|替换占位符：|输出一行：|填好这一行：|将值代入：|按这个写：|句式：|请把标记换成对应内容：|用以下模板，只输出一行：|补全：|写成|返回字符串：|这一行里的占位换成值：|输出形如：|套用：'),
}
