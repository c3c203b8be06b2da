import type { IdNumberReply, MemberView } from '@sightline/contracts';
import { EmptyState } from '@sightline/look';
import { Button, Radio } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { purposesFor, type Purpose } from '#domain/access.ts';
import { useCommand } from '../api/use-command.ts';
import { useList } from '../api/use-list.ts';
import { useMe } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { Pager } from '../parts/Pager.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';

/** Why the names of members are read. */
export type ReadingReason = Purpose;

interface Props {
  readonly organisationId: string;
  readonly reason: ReadingReason | null;
  readonly onReason: (reason: ReadingReason) => void;
}

/** 党员 of an organisation by name, once it was said why. */
export function MemberSection({ organisationId, reason, onReason }: Props): ReactElement {
  const { t } = useTranslation();
  return (
    <section className="section" aria-label={t('members.title')}>
      <header className="section-head">
        <h3>{t('members.title')}</h3>
        {reason !== null && (
          <ExportButton
            list={`organisations/${organisationId}/members`}
            query={`purpose=${reason}`}
            isPersonal
            hasKey={false}
          />
        )}
      </header>
      {reason === null ? (
        <ReasonForm onReason={onReason} />
      ) : (
        <MemberList organisationId={organisationId} reason={reason} />
      )}
    </section>
  );
}

function ReasonForm({ onReason }: Pick<Props, 'onReason'>): ReactElement {
  const { t } = useTranslation();
  const { roles } = useMe();
  const purposes = purposesFor(roles, 'see-members');
  const [reason, setReason] = useState<ReadingReason | undefined>(purposes[0]);
  return (
    <form
      className="add-person"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason !== undefined) onReason(reason);
      }}
    >
      <span id="why-read">{t('members.why')}</span>
      <Radio.Group
        vertical
        value={reason}
        aria-labelledby="why-read"
        options={purposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
        onChange={(event) => setReason(purposes.find((each) => each === event.target.value))}
      />
      <p className="fine">{t('members.whyWhat')}</p>
      <Button className="fit" type="primary" htmlType="submit" disabled={reason === undefined}>
        {t('members.show')}
      </Button>
    </form>
  );
}

interface ListProps {
  readonly organisationId: string;
  readonly reason: ReadingReason;
}

function MemberList({ organisationId, reason }: ListProps): ReactElement {
  const { t } = useTranslation();
  const list = useList<MemberView>({
    key: ['members'],
    url: `/api/organisations/${organisationId}/members?purpose=${reason}`,
    cursor: 'after',
  });
  return (
    <>
      <ProblemLine problem={list.problem} />
      {!list.isLoading && list.items.length === 0 && list.problem === null && (
        <EmptyState title={t('members.none')} whatToDo={t('members.noneWhat')} />
      )}
      <ul className="people">
        {list.items.map((member) => (
          <MemberRow key={member.memberId} member={member} reason={reason} />
        ))}
      </ul>
      <Pager {...list} />
      <p className="fine">{t('people.audited')}</p>
    </>
  );
}

interface RowProps {
  readonly member: MemberView;
  readonly reason: ReadingReason;
}

function MemberRow({ member, reason }: RowProps): ReactElement {
  const { t } = useTranslation();
  const unmask = useCommand<IdNumberReply>([]);
  const [idNumber, setIdNumber] = useState<string | null>(null);
  const url = `/api/members/${member.memberId}/id-number?purpose=${reason}`;
  const show = async () => {
    const reply = await unmask.run({ method: 'POST', url, body: {} });
    if (reply !== null) setIdNumber(reply.idNumber);
  };
  return (
    <li className="person">
      <span className="person-name">
        <strong>
          {member.name}
          {member.isProbationary && <span className="tag">{t('members.probationary')}</span>}
        </strong>
        {member.posts.length > 0 && <span className="quiet">{member.posts.join('、')}</span>}
        <span className="quiet">
          {t(`members.sex.${member.sex}`)} ·{' '}
          {t('members.born', { year: member.bornOn.slice(0, 4) })} ·{' '}
          {t(`composition.of.${member.education}`)} ·{' '}
          {t('members.joined', { day: member.joinedOn })}
        </span>
        <span className="quiet code-number">{idNumber ?? member.idMasked}</span>
        <ProblemLine problem={unmask.problem} />
      </span>
      {idNumber === null ? (
        <ActButton
          kind="text"
          reason={null}
          isRunning={unmask.isRunning}
          onClick={() => void show()}
        >
          {t('members.unmask')}
        </ActButton>
      ) : (
        <ActButton kind="text" reason={null} onClick={() => setIdNumber(null)}>
          {t('members.mask')}
        </ActButton>
      )}
    </li>
  );
}
