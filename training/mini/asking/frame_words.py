"""The parts that frames.py composes instructions of, in English and Chinese. Data only."""


def _split(text):
    """Parts written one after the other, divided by '|'; line ends count for nothing."""
    return tuple(part for part in ''.join(line.lstrip(' ') for line in text.split('\n')).split('|'))


ENGLISH = {
    'documents': _split('document|page|image|picture|photo|scan|text|sheet|paper|file|scanned page|photograph|attachment|document image|printed page|screenshot|form'),
    'sources': _split('from the {}|from this {}|in the {}|in this {}|on the {}|on this {}|from the {} above|from the text of the {}|that you see on the {}|shown in the {}'
                      '|printed on the {}|contained in this {}|given in the {}|from the attached {}|from the content of the {}|as they stand on the {}|using only the {}'),
    'polite': ('', '', '', '', '', '', 'please ', 'please ', 'please ', 'kindly ', 'could you ', 'can you ', 'could you please ', 'I need you to ', 'I want you to ', 'I would like you to ',
               'would you ', 'your task is to ', 'your job is to ', 'help me ', 'help me to ', 'now ', 'just ', 'quickly ', 'carefully ', 'you should ', 'we need you to ', 'go and ',
               'read the text and ', 'look at the whole page and ', 'the task: ', 'task: ', 'next, ', 'for each page, ', 'pls ', 'plz ', 'hey, '),
    'verbs': _split('extract|read|find|get|give me|return|output|list|identify|pick out|copy|transcribe|report|locate|fetch|collect|retrieve|tell me|write down|note down'
                    '|look up|capture|grab|show me|pull out|pull|take|provide|supply|parse|recognise|recognize|detect|determine|fill in|state|record|write out|work out|say|name|obtain|gather'),
    'objects': ('', '', 'the following fields', 'these fields', 'the following information', 'the following', 'these values', 'the values of', 'the data below', 'the items listed below',
                'these details', 'the details below', 'the fields below', 'the following values', 'the following data', 'these pieces of information', 'the information listed here',
                'the content of these fields', 'the following details', 'the following items', 'the following entries', 'the values for these keys', 'the following keys',
                'the things I list', 'exactly these fields', 'only these fields', 'the following attributes', 'these data points', 'the requested fields', 'the information below',
                'what is written for', 'the text for', 'the value for each of these', 'each of the following', 'all of these', 'the key information', 'some data', 'this info', 'this'),
    'short_openings': _split('Fields:|Fields to extract:|Needed:|Information required:|Extract:|Wanted:|To extract:|Required fields:|Output fields:|Requested:|Give:|What are|I need:|I need'
                             '|I am looking for|I am looking for:|I would like to know|I want to know|Schema:|Keys:|Extraction task. Fields:|Information extraction:|Target fields:|Data:|Look for'
                             '|The {} holds a few things I need:|Here is a {}. Extract:|Here is a {}. I need|Read the {}. Then answer with|A {} is given. Find|Given the {}, return'
                             '|Given this {}, what are|Given this {}, fill in|In the {} you will find|On this {} there should be|The {} above:|Questions about the {}:|Entities:|Slots:|Columns:'
                             '|Record these:|Get me|Must have:|Fill these in:|Do your OCR magic and give me|For my table I need:|For the database:|Values wanted:|Query:|Ask:|Form fields:|Attributes:'
                             '|Who, what, where on this {}:|Tell me about this {}:|Please:|Fetch:|Return:|Output:|Find:|Read:|List:|Copy:'),
    'roles': _split('a document reader|an OCR assistant|a data entry clerk|an information extraction system|an accountant|a careful clerk|an expert in reading documents|a helpful assistant'
                    '|a key-value extractor|a bookkeeping assistant|a form reader|an office assistant|an archivist|a precise extraction engine|a parser|a back-office worker|an auditor'
                    '|a document understanding model|an expert in data extraction|a machine that copies values|a registrar|a scanner with a brain|a robot that fills in forms|a secretary'),
    'role_openings': _split('You are {}.|Act as {}.|You are {} and answer precisely.|Imagine you are {}.|Play the role of {}.|As {}, do this.|Role: {}.|You work as {}.|System: you are {}.'
                            '|You will act as {}.|Behave like {}.'),
    'absent_words': _split('null|null|N/A|N/A|n/a|unknown|unknown|Unknown|none|None|not found|not found|-|--|missing|NA|nil|?|not present|not stated|not available|absent|NOT FOUND'
                           '|not mentioned|no|NULL|not given|nothing|not listed|empty|undefined|UNKNOWN|none given|not shown|cannot find|not readable|/|NONE|...|x|0|not on page'),
    'absent_conditions': _split('if a field is missing|if something is not there|for fields that are not in the document|when a value cannot be found|where absent|for fields without a value'
                                '|if you cannot find it|if it is not shown|for anything missing|when there is none|for missing ones|where nothing is printed|if not present|if unavailable'
                                '|when the page does not say|for what you cannot find|in case a value is absent|if the document does not contain it|should a value be missing|if any is lacking'
                                '|for values that are not on the page|where the information is not given|if it does not exist|whenever a field is empty|if there is no such thing|for absent fields'
                                '|if you do not see it|if not available|when not stated|for the ones you do not find'),
    'absent_actions': _split('write {}|use {}|put {}|answer {}|fill in {}|return {}|output {}|set it to {}|say {}|mark it {}|give {}|enter {}|note {}|type {}|reply {}|insert {}|print {}|set {}'
                             '|let it be {}|the value is {}|respond with {}|state {}|place {} there'),
    'absent_short': _split('({} if missing)|missing = {}|Missing: {}|Missing fields: {}|{} if absent|{} when not found|absent -> {}|default: {}|default value {}|not found => {}|else {}|or {} if there is none'
                           '|or {}|otherwise {}|[{} if none]|Empty ones get {}|No value: {}|Missing values become {}|{} for missing ones|({} = not there)|fallback: {}'),
    'leave_empty': _split('leave it empty|leave it blank|use an empty string|keep it blank|write nothing|leave the place empty|put an empty value|give an empty string|let it be empty|leave out the value'),
    'quotes': _split('{}|{}|{}|"{}"|"{}"|\'{}\'|`{}`|“{}”|the word {}'),
    'closings': _split('No explanation|Only the result|Do not explain|Nothing else|Output only the result|Copy the text exactly as printed|Do not guess|No extra words|Keep the original wording'
                       '|Do not translate|Thanks|Thank you|Be accurate|No comments|Just the answer|Do not add anything|Answer only what is asked|No markdown fences|Without any introduction'
                       '|Values must be copied as they are|Do not invent values|Return nothing but the answer|I do not need any explanation|Keep values as written|Do not change the spelling'
                       '|No chit-chat|Stick to the format|Follow the format strictly|Answer directly|Do not wrap it in code fences|Give the answer right away|Check twice|Do not convert anything'
                       '|Verbatim, please|As printed|Take the values from the page, not from your knowledge|It is urgent|Do not repeat the question|Short answer|Please be careful with digits|Cheers'
                       '|Skip any greeting|No additional text before or after|Your output is read by a program|The answer is parsed by a machine, so keep to the format'),
    'people': _split('an accountant|a student|the owner of a small shop|a nurse|a volunteer|an auditor|a developer|a warehouse clerk|a travelling salesman|a librarian|an intern|a lawyer|a teacher'
                     '|new here|in a hurry|from the finance team|a tax adviser|a logistics planner|not good at computers|an engineer|a purchasing agent|retired|a researcher'),
    'purposes': _split('our bookkeeping|an expense claim|a survey|the archive|testing|a spreadsheet|the yearly audit|our stock list|a school project|insurance|the tax office|my own records'
                       '|a database import|customer service|quality control|a dashboard|reimbursement|registration|a migration of old papers|statistics|the monthly report'),
    'preambles': _split('I am {who}.|This is for {purpose}.|We need this for {purpose}.|I work at {company}.|My name is {name}.|{name} asked me to do this.|The deadline is {date}.'
                        '|This is task {number}.|Ticket {number}.|We collect such pages for {purpose}.|The scan was made on {date}.|Hello!|Hi there.|Good morning.|It was sent to us by {name}.'
                        '|Our office is in {place}.|There are {number} of these to do.|The text may hold reading mistakes.|The text below comes from a scanner.|The lines carry their places.'
                        '|Some lines may be misread.|The page may be in another language.|I could not read it myself.|Last time it went wrong.|This is page {number} of the batch.'
                        '|The result goes to {name} in {place}.|Batch {number}, {date}.|Our customer {company} sent this.|I am {who} and need help.|It matters for {purpose}.'
                        '|You will be shown a page.|An image with its text is given.|The paper is old.|My boss {name} is waiting.|Do what follows.|Project {place}, step {number}.|Context: {purpose}.'),
    'examples': _split('e.g. {}|for example {}|like {}|such as {}|example: {}|looks like {}|as in {}|sample: {}'),
    'types': {'text': ('text', 'string', 'str', 'words', 'free text'), 'number': ('number', 'figure', 'numeric', 'digits'), 'money': ('amount', 'money', 'amount of money', 'decimal', 'price'),
              'date': ('date', 'a date', 'date as printed', 'when'), 'id': ('code', 'identifier', 'number or code', 'id', 'string'), 'phone': ('phone', 'phone number', 'telephone', 'string'),
              'choice': ('one word', 'option', 'text', 'string'), 'list': ('list', 'several values', 'items')},
    'questions': _split('What is the {name}?|What is the {name} {source}?|What {name} is given?|Which {name} is shown {source}?|What does the document say for {name}?|What\'s the {name}?|whats the {name}'
                        '|What {name} do you see?|And the {name}?|Tell me the {name}|Give only the {name}|Return the {name} only|The {name}, please|{name} please|I need the {name}|I want the {name}'
                        '|I would like to know the {name}|Do you know the {name}?|Which {name}?|What stands under {name}?|What is written for {name} {source}?|What is printed as {name}?|Find {name}'
                        '|Value of {name}|Value of "{name}"?|What value has {name}?|Can you see the {name}?|What about the {name}?|Show the {name}|{name} {source}?|The {name} {source} is|Field: {name}'
                        '|Key: {name}|Extract one field: {name}|Q: {name}?|Look for the {name}|Could you tell me the {name}?|Only {name}|Just the {name}|Where it says {name}, what is it?|Query: {name}'
                        '|What would you enter for {name}?|Which value belongs to {name}?|How does the {name} read?|Copy the {name}|Say the {name} {source}|In one line, the {name}|Question: what is the {name}?'),
}

CHINESE = {
    'documents': _split('图片|图像|图|单据|文档|页面|照片|文件|扫描件|文字|文本|这页|票据|材料|截图|表单|内容|附件|原文'),
    'sources': _split('{}中|这张{}上|{}里|从{}中|根据{}|本{}中|{}上|在{}中|该{}里|上面的{}中|上述{}中|依据{}内容|结合{}|下列{}里|这份{}里|此{}中|{}内|所给{}中|上传的{}中'),
    'polite': ('', '', '', '', '请', '请', '请', '请你', '麻烦', '麻烦你', '帮我', '帮忙', '请帮我', '劳驾', '请您', '我想让你', '需要你', '你的任务是', '任务：', '现在', '请仔细', '请认真', '请直接',
               '请准确', '给我', '请逐项', '你需要', '希望你', '快', '烦请', '能不能', '可否', '仔细看一下，', '看图，', '先通读全文，再', '阅读后'),
    'verbs': _split('提取|读取|找出|识别|抽取|输出|返回|列出|查找|获取|摘录|抄录|写出|告诉我|读出|给出|采集|填写|整理|解析|找到|查出|挑出|识别并返回|识别并输出|查一下|看一下|说出|记录|录入|导出|摘出|确认'),
    'verbs_after': _split('提取出来|找出来|读出来|写下来|列出来|整理出来|告诉我|抄下来|抽出来|识别出来|返回给我|填好|输出|录入|摘出来|念给我|发给我|记下来|给我'),
    'objects': ('', '', '以下信息', '下列字段', '以下字段', '下列信息', '以下内容', '这些字段', '这些信息', '下面的字段', '下面几项', '如下信息', '如下字段', '以下几项', '下列各项', '以下各项的值', '这些内容',
                '关键信息', '以下数据', '下面这些', '以下要素', '下述内容', '指定字段', '我列出的几项', '以下键的值', '这几项', '这几个字段的内容', '以下属性', '下列要素', '需要的信息', '所需字段',
                '以下条目', '对应的值', '相关信息', '信息', '内容', '结构化信息'),
    'short_openings': _split('字段：|提取：|需要的字段：|要提取的内容：|我需要|我要|我想知道|想知道|需要：|信息抽取：|目标字段：|识别：|输出：|要点：|抽取字段：|列：|键：|填写：|任务：提取|请：|要的是：|给我'
                             '|这是一份{}，请提取|这是一张{}，我需要|读{}，回答|已知{}，求|看{}，填|看{}回答：|{}信息：|{}要素：|{}里有|关于这份{}：|根据{}填表：|{}→|登记以下内容：|录入项：|槽位：|实体：|查询：|属性：'
                             '|数据库要存：|表格需要：|帮忙看看|查：|找：|读：|列出：|抄录：|求|要这几样：|下面这些是什么：|分别是什么：|报一下|说说|请问'),
    'roles': _split('票据识别助手|文档阅读助手|信息抽取系统|会计|细心的录入员|OCR助手|专业的文字识别专家|档案管理员|数据录入员|财务助理|表单解析器|审核员|键值抽取工具|文员|助手|办公助理|图像理解模型'
                    '|结构化信息提取专家|后台处理程序|只会抄写的机器|统计员|秘书|智能填表机器人'),
    'role_openings': _split('你是{}。|你是一名{}。|你是一个{}。|假设你是{}。|请扮演{}。|作为{}，|角色：{}。|你现在是{}，|你是一位经验丰富的{}。|以{}的身份工作。|你将充当{}。|身为{}，'),
    'absent_words': _split('未知|未知|未知|无|无|无|未找到|未找到|没有|不详|空|-|/|N/A|null|null|未提及|缺失|未填写|未显示|找不到|暂无|未识别|无信息|不存在|？|—|未见|未注明|无此项|没写|查无|无法识别|看不清'
                           '|未标注|缺|待补|未提供|none|——|不明|NA|没找到|空值|未出现'),
    'absent_conditions': _split('没有的|找不到的|缺失的字段|图中没有的|未出现的|若不存在|如果没有|看不到的|没写的|无此项时|识别不到的|空缺的|如缺失|不存在的字段|如果找不到|没有对应内容的|未提及的|若无|页面上没有的|缺少的'
                                '|没有该信息时|查不到的|没有的话|若未标明|未注明的|如果图片里没有|不在图中的|遇到没有的字段|对于缺失项|某项没有时|如未找到|若某项为空|万一没有'),
    'absent_actions': _split('填{}|写{}|用{}表示|输出{}|记为{}|返回{}|写成{}|标{}|以{}代替|填写{}|写上{}|注明{}|给出{}|回答{}|填入{}|显示{}|置为{}|设为{}|填成{}|标记为{}|说{}'),
    'absent_short': _split('（没有则{}）|缺省值：{}|缺失={}|没有→{}|无则{}|缺则{}|默认{}|找不到：{}|（无：{}）|否则{}|没有就{}|或{}|空缺填{}|默认值为{}|（若无，{}）|缺失用{}|不存在=>{}|查无填{}|没有：{}'),
    'leave_empty': _split('留空|空着|保持为空|置空|不填|写空字符串|留空即可|留白|填空字符串|不写内容|空出来'),
    'quotes': _split('{}|{}|{}|“{}”|“{}”|"{}"|「{}」|‘{}’|【{}】|{}这个词'),
    'closings': _split('不要解释|只输出结果|不要多余内容|直接回答|只要结果|照抄原文|不要翻译|不要猜测|按原文填写|谢谢|不要添加任何说明|仅输出答案|别的不要|无需解释|不需要分析过程|务必准确|严格按格式|请勿编造'
                       '|值要与原文一致|保持原样|不要代码块|不要加前言|注意数字不要抄错|不必客套|答案尽量简短|只写内容|输出会被程序读取|请严格遵守格式|以图中文字为准|不得改写|不要改变写法|请核对后输出|尽快|辛苦了'
                       '|不要重复问题|不要输出其他文字|不做换算|一字不差地抄录|拒绝废话|麻烦了|回答完即止|不要有开场白|不要省略'),
    'people': _split('会计|学生|小店老板|护士|志愿者|审计员|程序员|仓库管理员|业务员|图书管理员|实习生|律师|老师|新来的|财务部的|税务顾问|物流专员|不太会用电脑的人|工程师|采购员|退休职工|研究人员'),
    'purposes': _split('记账|报销|问卷调查|归档|测试|做表格|年度审计|盘点库存|学校作业|办保险|报税|自己留底|导入数据库|客服核对|质量检查|做统计|登记|整理旧资料|写月报|对账|备案'),
    'preambles': _split('我是{who}。|这是用来{purpose}的。|我们要{purpose}。|我在{company}上班。|我叫{name}。|{name}让我做这个。|截止日期是{date}。|这是第{number}号任务。|工单{number}。|收集这些是为了{purpose}。'
                        '|扫描于{date}。|你好！|您好。|早上好！|这是{name}发来的。|我们办公室在{place}。|一共有{number}张要处理。|文字可能有识别错误。|下面的文字来自扫描仪。|每行文字都带有位置。'
                        '|有些行可能读错了。|内容可能是外文。|我自己看不清。|上次弄错了。|这是本批第{number}页。|结果要交给{place}的{name}。|批次{number}，{date}。|客户{company}寄来的。|我是{who}，需要帮助。'
                        '|对{purpose}很重要。|你会看到一页材料。|已给出图片及其文字。|纸张有些旧。|领导{name}在等。|请按要求办。|项目{place}，第{number}步。|用途：{purpose}。|背景：{company}正在{purpose}。'),
    'examples': _split('例如{}|如{}|比如{}|如：{}|示例：{}|例：{}|形如{}|类似{}'),
    'types': {'text': ('文字', '文本', '字符串', 'string'), 'number': ('数字', '数值', '阿拉伯数字'), 'money': ('金额', '数字金额', '钱数', '价格'), 'date': ('日期', '日期格式照原文', '时间'),
              'id': ('编号', '号码', '代码', '字符串'), 'phone': ('电话', '号码', '电话号码'), 'choice': ('一个词', '选项', '文字'), 'list': ('列表', '多个值', '多项')},
    'questions': _split('{source}的{name}是什么？|{name}是什么？|{name}是多少？|{source}的{name}是多少？|请问{name}？|请问{name}是什么|{name}呢？|{source}的{name}？|{name}写的是什么？|{name}一栏填的是什么？'
                        '|{source}{name}写了什么|告诉我{name}|只要{name}|我要{name}|{name}，谢谢|求{name}|查{name}|{name}为？|{name}是啥|{name}怎么写的？|{source}显示的{name}是？|{name}对应的内容|{name}对应什么？'
                        '|字段：{name}|键：{name}|只提取{name}|问：{name}？|想知道{name}|知道{name}吗？|能看到{name}吗？是什么？|{name}的值|“{name}”的值是？|{name}有没有写？写的什么？|{name}这一项的内容'
                        '|哪个是{name}？|{name}是哪个？|报一下{name}|念一下{name}|{name}到底是什么|单独给出{name}|{source}，{name}是？|属于{name}的内容是？|抄一下{name}|请填写{name}：|{name}应该填什么？'),
}
