import type { KeptKind, MeetingKeeping, MeetingKept } from '@sightline/contracts';
import { isWithin } from '@sightline/contracts';
import { dateAt, useWords } from '@sightline/look';
import { useState, type ReactElement } from 'react';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import type { Room } from '../meetings/use-room.ts';
import { ReasonDialog, type KeepingAct } from './ReasonDialog.tsx';
import { useKeeping } from './use-keeping.ts';

/** 留存: what is kept of the meeting and until when, what was erased and why; a hold keeps all of it. */
export function KeepingSection({ room }: { readonly room: Room }): ReactElement {
  const { t } = useWords();
  const { view, scope } = room;
  const { data: keeping, error } = useKeeping(view.meetingId, scope);
  const [act, setAct] = useState<KeepingAct | null>(null);
  const reason = useReason(room);
  if (keeping === undefined) return <ProblemLine problem={error} />;
  const { hold } = keeping;
  return (
    <>
      {hold !== null && <HoldLine hold={hold} />}
      <ul className="keeping">
        {keeping.kept.map((kept) => (
          <KeptLine
            key={kept.kind}
            kept={kept}
            isHeld={hold !== null}
            reason={hold === null ? reason : (reason ?? t('room.keeping.heldFirst'))}
            onErase={(kind) => setAct({ what: 'erase', kind })}
          />
        ))}
      </ul>
      <div className="actions">
        <ActButton
          reason={reason}
          onClick={() => setAct({ what: hold === null ? 'hold' : 'release' })}
        >
          {t(hold === null ? 'room.keeping.hold' : 'room.keeping.release')}
        </ActButton>
      </div>
      <p className="fine">{t('room.keeping.attendance')}</p>
      {act !== null && <ReasonDialog room={room} act={act} onClose={() => setAct(null)} />}
    </>
  );
}

/** Why nothing can be changed here; null = it can. */
function useReason({ view, scope }: Room): string | null {
  const { t } = useWords();
  const may = useMay('keep-records');
  if (!may) return t('room.keeping.registrarOnly');
  return isWithin(view.region, scope) ? null : t('room.keeping.widerOnly');
}

function HoldLine({ hold }: { readonly hold: NonNullable<MeetingKeeping['hold']> }): ReactElement {
  const { t } = useWords();
  return (
    <p className="keeping-hold">
      <strong>■ {t('room.keeping.held')}</strong>{' '}
      <span>{t('room.keeping.why', { reason: hold.reason })}</span>{' '}
      <span className="quiet">
        {hold.by} · <When at={hold.placedAt} />
      </span>
    </p>
  );
}

interface LineProps {
  readonly kept: MeetingKept;
  readonly isHeld: boolean;
  readonly reason: string | null;
  readonly onErase: (kind: KeptKind) => void;
}

function KeptLine({ kept, isHeld, reason, onErase }: LineProps): ReactElement {
  const { t } = useWords();
  const { kind, erased, until, days } = kept;
  return (
    <li data-kept={kind} data-erased={erased === null ? undefined : erased.why}>
      <strong>{t(`room.keeping.kind.${kind}`)}</strong>
      {erased !== null ? (
        <ErasedWords erased={erased} />
      ) : (
        <span>
          {isHeld || until === null
            ? t('room.keeping.whileHeld')
            : t('room.keeping.until', { date: dateOf(until), days })}
        </span>
      )}
      {erased === null && (
        <ActButton kind="text" reason={reason} onClick={() => onErase(kind)}>
          {t('room.keeping.erase')}
        </ActButton>
      )}
    </li>
  );
}

/** 已于…删除, after how long; by hand with who and why. Files of which nobody has said so are not said to be gone. */
function ErasedWords({ erased }: { readonly erased: NonNullable<MeetingKept['erased']> }) {
  const { t } = useWords();
  const { decidedAt, doneAt, afterDays, why, by, reason } = erased;
  const word = doneAt === null ? 'erasing' : 'erased';
  return (
    <span className={doneAt === null ? 'warn' : 'quiet'}>
      {t(`room.keeping.${word}`, { date: dateOf(doneAt ?? decidedAt), days: afterDays })}
      {why === 'hand' && ` · ${t('room.keeping.byHand', { by: by ?? '', reason: reason ?? '' })}`}
    </span>
  );
}

function dateOf(at: string): string {
  return dateAt(Temporal.Instant.from(at)).toString();
}
