import type { ImportFault } from '@sightline/contracts';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What is said of each thing that can be wrong in a workbook; `{name}` is filled from its params. */
export const importWords = {
  // Of the whole file.
  'not-a-workbook': {
    zh: '这不是 .xlsx 工作簿。请用 Excel 或 WPS 另存为“Excel 工作簿 (*.xlsx)”后再导入。',
    en: 'This is no .xlsx workbook. Save it as "Excel Workbook (*.xlsx)" and import that.',
  },
  damaged: {
    zh: '文件已损坏或不完整（{part}）。请重新保存后再导入。',
    en: 'The file is damaged or incomplete ({part}). Save it again and import that.',
  },
  encrypted: {
    zh: '文件已加密。请去除打开密码后再导入。',
    en: 'The file is encrypted. Remove its password and import it again.',
  },
  macros: {
    zh: '文件含有宏（{part}）。请另存为不含宏的 .xlsx。',
    en: 'The file holds macros ({part}). Save it as a plain .xlsx without them.',
  },
  'too-large-inside': {
    zh: '文件展开后过大（{part}：上限 {limit}）。请拆成几个文件。',
    en: 'The file is too large unpacked ({part}: at most {limit}). Split it into several.',
  },
  'wrong-sheet': {
    zh: '没有名为“{expected}”的工作表；文件中有：{found}。',
    en: 'There is no sheet named "{expected}"; the file has: {found}.',
  },
  'no-header': {
    zh: '工作表“{sheet}”的第 1 行应为表头。',
    en: 'Row 1 of the sheet "{sheet}" must hold the headers.',
  },
  'unknown-column': {
    zh: '不认识的列“{header}”。请删除该列，或改为模板中的表头。',
    en: 'The column "{header}" is not known. Remove it, or use a header of the template.',
  },
  'missing-column': {
    zh: '缺少列“{header}”。',
    en: 'The column "{header}" is missing.',
  },
  'twice-column': {
    zh: '列“{header}”出现了两次。',
    en: 'The column "{header}" is there twice.',
  },
  'merged-cells': {
    zh: '不能有合并单元格：{ref}。请取消合并后逐格填写。',
    en: 'Merged cells cannot be read: {ref}. Unmerge them and fill in every cell.',
  },
  phonetic: {
    zh: '文件带有拼音标注，无法可靠读取文字。请在 Excel 中清除“拼音指南”。',
    en: 'The file carries phonetic guides, so its texts cannot be read safely. Clear them in Excel.',
  },
  'rich-text-inside': {
    zh: '单元格内有混合格式的文字，无法可靠读取。请清除格式后再导入。',
    en: 'Cells hold text of mixed formats that cannot be read safely. Clear the formats.',
  },
  'too-many-rows': {
    zh: '行数超过上限 {limit}。请拆成几个文件。',
    en: 'There are more than {limit} rows. Split the file.',
  },
  'no-rows': {
    zh: '表头下面没有数据。',
    en: 'There is nothing below the headers.',
  },
  fault: {
    zh: '服务器没能读完这个文件，已记录。请重试。',
    en: 'The server could not finish this file; it has been logged. Try again.',
  },
  interrupted: {
    zh: '服务器中途停止，未作任何改动。请重新导入。',
    en: 'The server stopped in the middle; nothing was changed. Import the file again.',
  },
  'register-moved-on': {
    zh: '检查之后花名册已被改动，未作任何改动。请重新导入。',
    en: 'The register was changed since the check; nothing was changed. Import the file again.',
  },
  'import-in-use': {
    zh: '之后又有改动或引用，无法撤销：{detail}',
    en: 'It cannot be undone, something came after it: {detail}',
  },
  // Of a cell.
  required: { zh: '必须填写。', en: 'This must be filled in.' },
  formula: {
    zh: '含有公式。请“选择性粘贴 → 数值”后再导入。',
    en: 'This is a formula. Paste it as a value.',
  },
  'error-value': {
    zh: '含有错误值 {value}。',
    en: 'This is the error value {value}.',
  },
  'number-not-text': {
    zh: '该单元格存成了数字，前导零或末几位可能已丢失。请把整列设为“文本”格式后重新填写。',
    en: 'This is stored as a number: leading zeros or last digits may be lost. Format the column as text and enter it again.',
  },
  'not-text': { zh: '应为文字。', en: 'Text is expected.' },
  'too-long': {
    zh: '最多 {limit} 个字，现为 {length} 个。',
    en: 'At most {limit} characters; this has {length}.',
  },
  'unknown-word': {
    zh: '“{value}”不在可选项中：{allowed}。',
    en: '"{value}" is none of: {allowed}.',
  },
  'bad-date': {
    zh: '“{value}”不是有效日期。请写成 2001-02-03。',
    en: '"{value}" is no date. Write 2001-02-03.',
  },
  'bad-code': {
    zh: '“{value}”不是有效代码：只能用 1 到 32 位数字或字母。',
    en: '"{value}" is no code: 1 to 32 digits or letters.',
  },
  'future-date': { zh: '{value} 是将来的日期。', en: '{value} lies in the future.' },
  'joined-too-young': {
    zh: '入党日期 {joined} 距出生不满 18 年，最早应为 {earliest}。',
    en: 'Joined on {joined}, less than 18 years after birth: {earliest} at the earliest.',
  },
  // Of an id number; it is never repeated.
  'id-number-old': {
    zh: '这是 1999 年以前的 15 位号码。请填 18 位公民身份号码。',
    en: 'This is a 15-digit number of before 1999. Enter the 18-character one.',
  },
  'id-number-form': {
    zh: '公民身份号码应为 17 位数字加一位数字或 X。',
    en: 'An id number has 17 digits and a digit or X.',
  },
  'id-number-birth-date': {
    zh: '号码第 7 至 14 位不是可能的出生日期。',
    en: 'Characters 7 to 14 are no possible day of birth.',
  },
  'id-number-checksum': {
    zh: '号码末位校验不符，可能有一位填错。',
    en: 'The last character does not fit: one was mistyped.',
  },
  'birth-date-differs': {
    zh: '与公民身份号码中的出生日期不一致。',
    en: 'This is not the day of birth in the id number.',
  },
  'sex-differs': {
    zh: '与公民身份号码中的性别不一致。',
    en: 'This is not the sex in the id number.',
  },
  // Of a row and the register.
  'duplicate-in-file': {
    zh: '与第 {other} 行重复。',
    en: 'This is the same as row {other}.',
  },
  'unknown-organisation': {
    zh: '没有代码为 {code} 的党组织。',
    en: 'There is no organisation {code}.',
  },
  'ended-organisation': {
    zh: '党组织 {code} 已撤销。',
    en: 'The organisation {code} has ended.',
  },
  'organisation-outside-scope': {
    zh: '党组织 {code} 不在您的管辖范围 {scope} 内。',
    en: 'The organisation {code} lies outside your region {scope}.',
  },
  'member-elsewhere': {
    zh: '此人已在党组织 {code}（{name}）。若是转入，请在“转入”列填“是”。',
    en: 'This person belongs to {code} ({name}). If they move here, write 是 under 转入.',
  },
  'member-outside-scope': {
    zh: '此人属于您管辖范围以外的党组织。请由上级办理转接。',
    en: 'This person belongs to an organisation outside your region. The level above transfers them.',
  },
  'not-a-transfer': {
    zh: '“转入”填了“是”，但此人并不在其他党组织。',
    en: '转入 says 是, but this person belongs to no other organisation.',
  },
  'unknown-region': {
    zh: '没有区划代码 {code}。',
    en: 'There is no region {code}.',
  },
  'ended-region': {
    zh: '区划 {code} 已撤并。',
    en: 'The region {code} has ended.',
  },
  'region-outside-scope': {
    zh: '区划 {code} 不在您的管辖范围 {scope} 内。',
    en: 'The region {code} lies outside your region {scope}.',
  },
  'unknown-parent': {
    zh: '文件和花名册中都没有代码为 {code} 的上级组织。',
    en: 'There is no organisation {code} above it, in the file or the register.',
  },
  'parent-required': {
    zh: '除地市级外必须填写上级组织代码。',
    en: 'Only the organisation of the prefecture stands below none.',
  },
  'parent-ring': {
    zh: '上级组织绕回了自己：{path}。',
    en: 'Going up from here leads back here: {path}.',
  },
  'too-deep': {
    zh: '组织层级超过 {limit} 层。',
    en: 'This would be more than {limit} levels deep.',
  },
} as const satisfies Readonly<Record<string, Words>>;

export type ImportFaultCode = keyof typeof importWords;

/** A thing wrong with a row, before it is known under which letter its column stands. */
export interface RowFault {
  readonly code: ImportFaultCode;
  /** 表头. Null = the whole row. */
  readonly header: string | null;
  readonly params: Readonly<Record<string, string | number>>;
}

export function rowFault(
  code: ImportFaultCode,
  header: string | null = null,
  params: RowFault['params'] = {},
): RowFault {
  return { code, header, params };
}

/** A thing wrong with the whole file. */
export function fileFault(code: ImportFaultCode, params: RowFault['params'] = {}): ImportFault {
  return { row: null, column: null, header: null, code, params };
}

/** A fault in words. */
export function wordFault(
  fault: Pick<ImportFault, 'code' | 'params'>,
  language: 'zh' | 'en',
): string {
  if (!isFaultCode(fault.code)) return fault.code;
  const text: string = importWords[fault.code][language];
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(fault.params[name] ?? ''));
}

function isFaultCode(code: string): code is ImportFaultCode {
  return Object.hasOwn(importWords, code);
}
