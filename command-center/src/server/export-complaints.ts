import type {
  ComplaintKind,
  ComplaintOrigin,
  ComplaintSentence,
  ComplaintState,
} from '@sightline/contracts';
import { dueAtOf, type ListedComplaint } from '@sightline/store';
import type { ExportColumn } from './export-file.ts';
import { placeColumns, type PlaceName } from './export-lists.ts';

const kindWords: Readonly<Record<ComplaintKind, string>> = {
  suggestion: '建议 suggestion',
  complaint: '投诉 complaint',
  'wrong-record': '记录有误 wrong record',
};

const originWords: Readonly<Record<ComplaintOrigin, string>> = {
  kiosk: '终端 terminal',
  console: '控制台 console',
  screen: '大屏 screen',
};

const stateWords: Readonly<Record<ComplaintState, string>> = {
  received: '已收到 received',
  'taken-up': '正在处理 taken up',
  answered: '已答复 answered',
  reopened: '已再次提出 reopened',
};

const sentenceWords: Readonly<Record<ComplaintSentence, string>> = {
  'not-recognised': '我没有被正确识别 I was not recognised',
  'wrong-time': '签到时间或班次有误 wrong time or shift',
  'someone-else-checked-in': '有人替别人签到 somebody checks in for others',
  'terminal-broken': '终端坏了 the terminal is broken',
  'nobody-answers': '求助没有人答复 help call not answered',
  'too-many-checks': '检查和签到太多 too many checks',
  'looked-at-me': '有人查看我的信息 someone read my data',
  'please-call': '请来电话 please call us',
};

/** Complaints without a word that anybody wrote. `answerDays`: calendar days to an answer. */
export function complaintColumns(
  placeName: PlaceName,
  answerDays: number,
): ExportColumn<ListedComplaint>[] {
  return [
    { header: '类别 Kind', cell: ({ kind }) => kindWords[kind], width: 22 },
    {
      header: '内容 What',
      cell: ({ sentences }) => sentences.map((each) => sentenceWords[each]).join('；'),
      width: 48,
    },
    { header: '有文字 With a text', cell: ({ hasText }) => (hasText ? '是 yes' : '') },
    ...placeColumns<ListedComplaint>(placeName),
    { header: '来源 From', cell: ({ origin }) => originWords[origin] },
    { header: '提出 Raised', cell: ({ raisedAt }) => raisedAt, width: 26 },
    { header: '进度 State', cell: ({ state }) => stateWords[state], width: 22 },
    { header: '答复期限 Due', cell: (row) => dueAtOf(row, answerDays), width: 26 },
  ];
}
