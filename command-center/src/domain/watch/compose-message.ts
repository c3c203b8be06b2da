import type { DutyName, LadderCause, Rung } from '@sightline/contracts';

/** Names that fit a message; the rest are counted. */
const namesAtMost = 20;

const causes = {
  absent: { zh: '尚未签到', en: 'nobody has checked in' },
  unheard: { zh: '终端失联，在岗情况未知', en: 'the terminal is not heard, so nobody knows' },
  gap: { zh: '空岗，值班表上没有人', en: 'nobody is on the roster' },
} as const satisfies Record<LadderCause, unknown>;

const asks = {
  remind: { zh: '请到村级终端签到。', en: 'Please check in at the village terminal.' },
  fallback: {
    zh: '您是备班，请到岗顶班并签到。',
    en: 'You are the fallback: please take the duty over and check in.',
  },
  township: {
    zh: '请电话联系该村，并在值守台确认。',
    en: 'Please call the village and acknowledge in the console.',
  },
  county: {
    zh: '乡镇尚未处置，请在值守台确认。',
    en: 'The township has not settled it: please acknowledge in the console.',
  },
} as const satisfies Record<Rung, unknown>;

const posts = {
  lead: { zh: '带班', en: 'lead' },
  watch: { zh: '值班', en: 'watch' },
  standby: { zh: '备勤', en: 'standby' },
} as const;
const spans = {
  day: { zh: '白班', en: 'day' },
  night: { zh: '夜班', en: 'night' },
  full: { zh: '全天', en: '24 h' },
} as const;

export interface Composed {
  readonly subject: string;
  readonly text: string;
}

/** The words of a message, Chinese and English; places and posts, never a person's name. */
export function composeMessage(
  {
    rung,
    cause,
    duties,
  }: {
    readonly rung: Rung;
    readonly cause: LadderCause;
    readonly duties: readonly DutyName[];
  },
  nameOf: (region: string) => string,
): Composed {
  const shown = duties.slice(0, namesAtMost);
  const more = duties.length - shown.length;
  const count = duties.length;
  const lines = shown.map(({ region, post, day, span }) => {
    const place = nameOf(region);
    return `· ${place} ${day} ${spans[span].zh}${posts[post].zh} / ${spans[span].en} ${posts[post].en}`;
  });
  return {
    subject: `值守提醒 Watch: ${count} × ${causes[cause].zh}`,
    text: [
      `${count} 个班次${causes[cause].zh}。${asks[rung].zh}`,
      `${count} ${count === 1 ? 'duty' : 'duties'}: ${causes[cause].en}. ${asks[rung].en}`,
      '',
      ...lines,
      ...(more > 0 ? [`… 另 ${more} 个 / and ${more} more`] : []),
    ].join('\n'),
  };
}
