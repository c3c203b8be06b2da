import { formatSinceInstant, StatusDot, useWords } from '@sightline/look';
import { mapNameOf } from '@sightline/look/hive';
import type { ReactElement, ReactNode } from 'react';
import { shownStatus } from '#domain/shown-status.ts';
import { useCentreNow, useView } from '../link/use-view.ts';
import { placeWords } from './place-words.ts';
import { clockWords } from './time-words.ts';
import { VillageActs } from './VillageActs.tsx';

/** One village: whether it can be reached and since when, its last check-in, and what to do there. */
export function VillagePanel({ region }: { readonly region: string }): ReactElement {
  const { t, language } = useWords();
  const { model, doubt, shift } = useView();
  const cell = model?.cells.get(region);
  const { status, since } = shownStatus(cell ?? { status: 'unknown', since: null }, doubt);
  const isEquipped = cell !== undefined && cell.status !== 'not-equipped';
  const isOnDuty = cell?.checkedIn?.shift === shift;
  return (
    <section className="village">
      <p className="village-path">{placeWords(region.slice(0, 9), language)}</p>
      <h2>{mapNameOf(region, language)}</h2>
      <dl>
        <Fact name={t('village.status')}>
          <StatusDot status={status} /> {t(`status.${status}`)}
          {since !== null && <Since since={since} />}
        </Fact>
        <Fact name={t('village.terminal')}>{terminalWords()}</Fact>
        {isEquipped && (
          <Fact name={t('village.lastCheckIn')}>
            {cell.checkedIn === null ? (
              t('village.never')
            ) : (
              <>
                {t(`method.${cell.checkedIn.method}`, { defaultValue: cell.checkedIn.method })}
                <Since since={cell.checkedIn.at} />
              </>
            )}
          </Fact>
        )}
      </dl>
      {isEquipped && (
        <p className={isOnDuty ? 'village-duty' : 'village-duty village-nobody'}>
          {isOnDuty ? t('village.onDutyNow') : t('village.notOnDuty')}
        </p>
      )}
      <VillageActs region={region} status={cell?.status ?? 'unknown'} />
    </section>
  );

  function terminalWords(): string {
    if (!isEquipped) return t('village.none');
    return cell.simulated ? t('village.simulated') : t('village.real');
  }
}

function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Since({ since }: { readonly since: string }): ReactElement {
  const { language } = useWords();
  const now = useCentreNow();
  const length = formatSinceInstant(Temporal.Instant.from(since), now, language);
  return (
    <time className="village-since" dateTime={since}>
      {clockWords(since)} · {length}
    </time>
  );
}
