import { isAway, type DutyView, type VillageRosterView } from '@sightline/contracts';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import type { RosterHalf, RosterLine } from '#domain/watch/roster-month.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { AskChangeButton } from './AskChangeDialog.tsx';
import { faultMarks } from './fault-marks.ts';
import { PersonSelect } from './PersonSelect.tsx';
import type { RosterEditing } from './use-roster.ts';

interface Props {
  readonly line: RosterLine;
  readonly roster: VillageRosterView;
  readonly editing: RosterEditing;
  readonly now: Temporal.Instant;
}

/** One post of a day: 24 hours by one person, or a day and a night. */
export function PostEditor({ line, roster, editing, now }: Props): ReactElement {
  const { t } = useTranslation();
  const [isSplit, setSplit] = useState(false);
  const { post, day, night, isWhole } = line;
  // Half of it is over: what is left is changed by itself.
  const isOne = isWhole && !isSplit && day.isOver === night.isOver;
  const rows = isOne ? [[day, night]] : [[day], [night]];
  return (
    <section className="section post-editor" aria-label={t(`reminders.post.${post}`)}>
      <header className="section-head">
        <h3>{t(`reminders.post.${post}`)}</h3>
        {isOne && !day.isOver && (
          <ActButton kind="text" reason={null} onClick={() => setSplit(true)}>
            {t('roster.split')}
          </ActButton>
        )}
        {!isWhole && day.slot !== null && !day.isOver && (
          <ActButton
            kind="text"
            reason={null}
            isRunning={editing.isRunning}
            onClick={() => void editing.edit([editOf(line, day, night)])}
          >
            {t('roster.join')}
          </ActButton>
        )}
      </header>
      {rows.map((halves) => (
        <Halves
          key={halves.length === 2 ? 'full' : halves[0]?.name}
          {...{ halves, line, roster, editing, now }}
        />
      ))}
    </section>
  );
}

/** The night as the day stands. */
function editOf({ post }: RosterLine, day: RosterHalf, night: RosterHalf) {
  const { personId = null, fallbackId = null } = day.slot ?? {};
  return { post, shift: night.shift, personId, fallbackId };
}

interface HalvesProps extends Props {
  /** A day, a night, or both as one. */
  readonly halves: readonly RosterHalf[];
}

function Halves({ halves, line, roster, editing, now }: HalvesProps): ReactElement {
  const { t } = useTranslation();
  const [first] = halves;
  const { post } = line;
  const span = halves.length === 2 ? 'full' : (first?.name ?? 'day');
  const slot = first?.slot ?? null;
  const isOver = halves.every((half) => half.isOver);
  const duty = roster.duties.find(
    (each) => each.post === post && slot !== null && isIn(each, first?.shift ?? ''),
  );
  const write = (personId: string | null, fallbackId: string | null) => {
    const other = fallbackId === personId ? null : fallbackId;
    return editing.edit(
      halves.map(({ shift }) => ({ post, shift, personId, fallbackId: personId && other })),
    );
  };
  const label = `${t(`reminders.post.${post}`)} ${t(`reminders.span.${span}`)}`;
  const isOff = editing.isRunning || isOver;
  const out = roster.people
    .filter(({ personId }) => halves.some(({ shift }) => isAway(roster.away, personId, shift)))
    .map(({ personId }) => personId);
  const shared = { people: roster.people, away: out, none: t('roster.nobody'), isOff };
  return (
    <div className="post-half">
      <p className="post-span">
        <strong>{t(`reminders.span.${span}`)}</strong>{' '}
        <span className="quiet">{t(`roster.${span}Hours`)}</span>
        {isOver && <span className="quiet"> {t('roster.isOver')}</span>}
      </p>
      <Faults halves={halves} />
      <PersonSelect
        {...shared}
        word={t('roster.person')}
        label={`${label} ${t('roster.person')}`}
        value={slot?.personId ?? null}
        onChange={(personId) => void write(personId, slot?.fallbackId ?? null)}
      />
      <PersonSelect
        {...shared}
        isOff={isOff || slot === null}
        word={t('roster.fallback')}
        label={`${label} ${t('roster.fallback')}`}
        value={slot?.fallbackId ?? null}
        without={slot?.personId ?? null}
        onChange={(fallbackId) => void write(slot?.personId ?? null, fallbackId)}
      />
      {slot !== null && !isOver && (
        <div className="actions">
          {duty !== undefined && <AskChangeButton duty={duty} roster={roster} now={now} />}
          <ActButton
            kind="text"
            reason={null}
            isRunning={editing.isRunning}
            onClick={() => void write(null, null)}
          >
            {t('roster.clear')}
          </ActButton>
        </div>
      )}
    </div>
  );
}

/** Whether a shift belongs to a duty. */
function isIn({ day, span }: DutyView, shift: string): boolean {
  const [date, name] = shift.split('/');
  return day === date && (span === 'full' || span === name);
}

function Faults({ halves }: { readonly halves: readonly RosterHalf[] }): ReactElement {
  const { t } = useTranslation();
  const faults = new Set(halves.flatMap(({ fault }) => fault ?? []));
  return (
    <>
      {[...faults].map((fault) => (
        <p key={fault} className={fault === 'gap' ? 'warn' : 'double'}>
          {faultMarks[fault]} {t(`roster.faultWhat.${fault}`)}
        </p>
      ))}
    </>
  );
}
