import {
  dutiesOf,
  dutyPosts,
  unpackRoster,
  type GeneratedVillage,
  type GenerateReply,
  type NamedPerson,
} from '@sightline/contracts';
import type { ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useRegions } from '../api/use-regions.ts';

interface Props {
  readonly reply: GenerateReply;
  /** Of a village; null = many villages. */
  readonly people: readonly NamedPerson[] | null;
}

/** What would change: slots and gaps of each village, and of one village the duties of each person. */
export function GenerateResult({ reply, people }: Props): ReactElement {
  const { t } = useTranslation();
  const { villages } = reply;
  const sum = (of: (village: GeneratedVillage) => number) =>
    villages.reduce((total, village) => total + of(village), 0);
  const changed = sum((village) => village.changed);
  const gaps = sum((village) => village.gaps);
  const [only] = villages;
  if (only === undefined) return <p className="warn">▲ {t('roster.noRules')}</p>;
  return (
    <section aria-label={t('roster.result')}>
      <p>{t('roster.resultLead')}</p>
      <dl className="figures">
        <Figure word={t('roster.changedSlots')} value={changed} isBad={false} />
        <Figure word={t('roster.emptySlots')} value={gaps} isBad={gaps > 0} />
        {people === null && (
          <Figure word={t('villages.village')} value={villages.length} isBad={false} />
        )}
      </dl>
      {people === null ? (
        <VillageTable villages={villages} />
      ) : (
        <PeopleTable {...{ only, people }} />
      )}
    </section>
  );
}

function Figure(props: { readonly word: string; readonly value: number; readonly isBad: boolean }) {
  const { word, value, isBad } = props;
  return (
    <div className={isBad ? 'warn' : undefined}>
      <dt>
        {isBad && '▲ '}
        {word}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

function VillageTable({ villages }: { readonly villages: readonly GeneratedVillage[] }) {
  const { t } = useTranslation();
  const regions = useRegions();
  return (
    <ResultTable head={[t('villages.village'), t('roster.changedSlots'), t('roster.emptySlots')]}>
      {villages.map(({ region, changed, gaps }) => (
        <tr key={region}>
          <th scope="row">{regions.byCode.get(region)?.name ?? region}</th>
          <td>{changed}</td>
          <td className={gaps > 0 ? 'warn' : undefined}>{gaps > 0 ? `▲ ${gaps}` : gaps}</td>
        </tr>
      ))}
    </ResultTable>
  );
}

interface PeopleProps {
  readonly only: GeneratedVillage;
  readonly people: readonly NamedPerson[];
}

/** How the duties of the month fall on people. */
function PeopleTable({ only, people }: PeopleProps): ReactElement {
  const { t } = useTranslation();
  const duties = dutiesOf(unpackRoster(only.roster));
  const count = (personId: string, post: string) =>
    duties.filter((duty) => duty.personId === personId && duty.post === post).length;
  const head = [t('roster.person'), ...dutyPosts.map((post) => t(`reminders.post.${post}`))];
  return (
    <ResultTable head={head}>
      {people.map(({ personId, name }) => (
        <tr key={personId}>
          <th scope="row">{name}</th>
          {dutyPosts.map((post) => (
            <td key={post}>{count(personId, post)}</td>
          ))}
        </tr>
      ))}
    </ResultTable>
  );
}

interface TableProps {
  readonly head: readonly string[];
  readonly children: readonly ReactElement[];
}

function ResultTable({ head, children }: TableProps): ReactElement {
  return (
    // It scrolls by itself: the keyboard must reach it.
    <div className="result-table" tabIndex={0} role="group" aria-label={head[0]}>
      <table>
        <thead>
          <tr>
            {head.map((word) => (
              <th key={word} scope="col">
                {word}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
