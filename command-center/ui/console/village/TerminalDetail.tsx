import type { DeviceHealth, TerminalView } from '@sightline/contracts';
import { formatSinceInstant, useNow, useWords } from '@sightline/look';
import type { ReactElement, ReactNode } from 'react';
import { Link } from 'wouter';
import { useMay } from '../api/use-me.ts';
import { parentOf, placeName, useRegions } from '../api/use-regions.ts';
import { StatusWord, When } from '../parts/StatusWord.tsx';
import { EnrolButton, RevokeButton } from './terminal-acts.tsx';

interface Props {
  readonly terminal: TerminalView;
  readonly onClose: () => void;
}

/** One terminal: whether it is there, what waits on it, how its machine is, and what can be done. */
export function TerminalDetail({ terminal, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const maySeeTrouble = useMay('see-trouble');
  const { terminalId, region, status, since, simulated, enrolledAt } = terminal;
  return (
    <article className="village" aria-label={terminalId}>
      <header className="village-head">
        <div>
          <p className="quiet">{placeName(regions, parentOf(region))}</p>
          <h2>{regions.byCode.get(region)?.name ?? region}</h2>
          {enrolledAt === null ? (
            <p className="quiet">{t('terminals.notEnrolled')}</p>
          ) : (
            <StatusWord status={status} since={since} />
          )}
          <p className="quiet code-number">{terminalId}</p>
        </div>
        <button type="button" className="close" aria-label={t('button.close')} onClick={onClose}>
          ✕
        </button>
      </header>
      {simulated && <p className="tag is-alone">{t('villages.simulated')}</p>}
      <Queue terminal={terminal} />
      <Machine terminal={terminal} />
      <section className="section" aria-label={t('terminals.acts')}>
        <h3>{t('terminals.acts')}</h3>
        <div className="actions">
          <EnrolButton terminal={terminal} />
          <RevokeButton terminal={terminal} />
        </div>
        <p className="links">
          <Link href={`/villages/${region}`}>{t('terminals.toVillage')}</Link>
          {maySeeTrouble && <Link href={`/trouble/${region}`}>{t('terminals.toTrouble')}</Link>}
        </p>
      </section>
    </article>
  );
}

/** 待发: what has not arrived yet, what was refused, and whether it knows what should be. */
function Queue({ terminal }: { readonly terminal: TerminalView }): ReactElement {
  const { t, language } = useWords();
  const now = useNow(10_000);
  const { waiting, oldestWaitingAt, deadLetters, upToDate, enrolledAt, createdAt } = terminal;
  const oldest =
    oldestWaitingAt === null
      ? null
      : formatSinceInstant(Temporal.Instant.from(oldestWaitingAt), now, language);
  return (
    <section className="section" aria-label={t('terminals.queue')}>
      <h3>{t('terminals.queue')}</h3>
      <dl className="lines">
        <Line name={t('terminals.waitingFacts')}>{waiting}</Line>
        {oldest !== null && (
          <Line name={t('terminals.oldest')} isWarning>
            {t('link.since', { since: oldest })}
          </Line>
        )}
        <Line name={t('terminals.refused')} isWarning={deadLetters > 0}>
          {deadLetters}
        </Line>
        <Line name={t('terminals.settings')} isWarning={!upToDate}>
          {t(upToDate ? 'terminals.upToDate' : 'terminals.behind')}
        </Line>
        <Line name={t('terminals.createdAt')}>
          <When at={createdAt} />
        </Line>
        <Line name={t('terminals.enrolledAt')}>
          {enrolledAt === null ? t('terminals.notEnrolled') : <When at={enrolledAt} />}
        </Line>
      </dl>
    </section>
  );
}

/** 设备: what the machine says of itself; nothing where it never said. */
function Machine({ terminal }: { readonly terminal: TerminalView }): ReactElement {
  const { t } = useWords();
  const { camera, version, device } = terminal;
  const isSilent = camera === null && version === null && device === null;
  return (
    <section className="section" aria-label={t('terminals.machine')}>
      <h3>{t('terminals.machine')}</h3>
      {isSilent && <p className="quiet">{t('terminals.machineSilent')}</p>}
      <dl className="lines">
        {camera !== null && (
          <Line name={t('terminals.camera')} isWarning={camera === 'failed'}>
            {t(`camera.${camera}`)}
          </Line>
        )}
        {version !== null && <Line name={t('terminals.versionOnly')}>{version}</Line>}
        {device !== null && <DeviceLines device={device} />}
      </dl>
    </section>
  );
}

const lowDiskMb = 1024;
const hotC = 80;
const mbPerGb = 1024;

function DeviceLines({ device }: { readonly device: DeviceHealth }): ReactElement {
  const { t } = useWords();
  const { diskFreeMb, diskTotalMb, memoryFreeMb, temperatureC, selfTest } = device;
  const gb = (mb: number) => (mb / mbPerGb).toFixed(1);
  return (
    <>
      <Line name={t('terminals.disk')} isWarning={diskFreeMb < lowDiskMb}>
        {t('terminals.diskFree', { free: gb(diskFreeMb), total: gb(diskTotalMb) })}
      </Line>
      <Line name={t('terminals.memory')}>{gb(memoryFreeMb)} GB</Line>
      <Line
        name={t('terminals.temperature')}
        isWarning={temperatureC !== null && temperatureC >= hotC}
      >
        {temperatureC === null ? t('terminals.notReadable') : `${temperatureC.toFixed(0)} °C`}
      </Line>
      {selfTest === null ? (
        <Line name={t('terminals.selfTest')}>{t('terminals.neverTested')}</Line>
      ) : (
        <>
          <Line name={t('terminals.selfTest')}>
            <When at={selfTest.at} />
          </Line>
          {(['camera', 'microphone', 'speaker'] as const).map((part) => (
            <Line
              key={part}
              name={t(`terminals.tested.${part}`)}
              isWarning={!['seen', 'heard'].includes(selfTest[part])}
            >
              {t(`terminals.heard.${selfTest[part]}`)}
            </Line>
          ))}
        </>
      )}
    </>
  );
}

interface LineProps {
  readonly name: string;
  readonly isWarning?: boolean;
  readonly children: ReactNode;
}

function Line({ name, isWarning = false, children }: LineProps): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd className={isWarning ? 'warn' : undefined}>
        {isWarning && <span aria-hidden="true">▲ </span>}
        {children}
      </dd>
    </div>
  );
}
