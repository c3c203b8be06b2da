import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as breathe } from 'node:timers/promises';
import ExcelJS from 'exceljs';
import { planDemoMembers, type DemoMember } from './demo-register-members.ts';
import { planDemoOrganisations, type DemoOrganisation } from './demo-register-organisations.ts';

export interface DemoWorkbooks {
  readonly organisations: string;
  readonly members: string;
}

/** Writes 组织.xlsx and 党员.xlsx of the demo into the folder; the same people on every machine. */
export async function writeDemoWorkbooks(dir: string): Promise<DemoWorkbooks> {
  await mkdir(dir, { recursive: true });
  const organisations = join(dir, '组织.xlsx');
  const members = join(dir, '党员.xlsx');
  const planned = planDemoOrganisations();
  const { headers: organisationHeaders, cellsOf: organisationCells } = organisationSheet;
  await writeSheet(organisations, '组织', [organisationHeaders, ...planned.map(organisationCells)]);
  await writeSheet(members, '党员', memberLines(planned));
  return { organisations, members };
}

const organisationSheet = {
  headers: ['组织代码', '组织名称', '组织类型', '上级组织代码', '区划代码', '功能型', '成立日期'],
  cellsOf: (each: DemoOrganisation): string[] => [
    each.code,
    each.name,
    each.kind,
    each.parentCode,
    each.region,
    each.isFunctional ? '是' : '否',
    each.foundedOn,
  ],
};

function* memberLines(organisations: readonly DemoOrganisation[]): Generator<string[]> {
  yield ['姓名', '性别', '公民身份号码', '出生日期', '学历', '入党日期', '人员类别', '组织代码'];
  for (const member of planDemoMembers(organisations)) yield memberCells(member);
}

function memberCells(member: DemoMember): string[] {
  const { name, sex, idNumber, bornOn, education, joinedOn, standing } = member;
  return [name, sex, idNumber, bornOn, education, joinedOn, standing, member.organisationCode];
}

const rowsPerBreath = 1_000;

async function writeSheet(
  filename: string,
  name: string,
  lines: Iterable<readonly string[]>,
): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ filename });
  const sheet = workbook.addWorksheet(name);
  let rows = 0;
  for (const line of lines) {
    sheet.addRow([...line]).commit();
    // What was written gets its turn to reach the disk.
    if ((rows += 1) % rowsPerBreath === 0) await breathe();
  }
  sheet.commit();
  await workbook.commit();
}
