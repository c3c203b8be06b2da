import type { GrantPurpose, GrantReply, PersonView } from '@sightline/contracts';
import { App, Button } from 'antd';
import { useState, type ReactElement } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { CodeDialog, type ShownCode } from '../parts/CodeDialog.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { ContactButton } from '../reminders/ContactDialog.tsx';
import { ConsentLedger } from './ConsentLedger.tsx';
import { FaceWord } from './FaceWord.tsx';
import { peopleKey, terminalsKey, useTerminals } from './use-people.ts';
import { ReadingsButton } from './ReadingsDialog.tsx';
import { WithdrawButton } from './WithdrawButton.tsx';

interface Props {
  readonly person: PersonView;
  readonly region: string;
}

/** One person: vouch for them, withdraw their face, read their ledger, or take them off the list. */
export function PersonRow({ person, region }: Props): ReactElement {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <li className="person">
      <span className="person-name">
        <strong>{person.name}</strong>
        <span className="quiet">{person.post === '' ? t('people.noPost') : person.post}</span>
        <FaceWord state={person.faceState} />
      </span>
      <span className="actions">
        <GrantButton person={person} region={region} purpose="enrol-face" />
        <GrantButton person={person} region={region} purpose="set-pin" />
        <WithdrawButton person={person} region={region} />
        <Button
          type="text"
          size="small"
          aria-expanded={isOpen}
          onClick={() => setOpen((was) => !was)}
        >
          {t('ledger.title')}
        </Button>
        <ContactButton who={person} region={region} />
        <ReadingsButton person={person} />
        <RetireButton person={person} region={region} />
      </span>
      {isOpen && <ConsentLedger person={person} region={region} />}
    </li>
  );
}

/** Vouching: makes the eight-digit code with which this person may do that at the terminal. */
function GrantButton({ person, region, purpose }: Props & { readonly purpose: GrantPurpose }) {
  const { t } = useTranslation();
  const mayIssue = useMay('issue-grant');
  const { data: terminals } = useTerminals(region);
  const issue = useCommand<GrantReply>([terminalsKey, peopleKey(region)]);
  const [shown, setShown] = useState<ShownCode | null>(null);
  const terminal = terminals?.items.find((each) => each.enrolledAt !== null) ?? terminals?.items[0];
  const reason = !mayIssue
    ? t('reason.role')
    : terminal === undefined
      ? t('reason.noTerminal')
      : terminal.enrolledAt === null
        ? t('reason.terminalNotEnrolled')
        : null;
  const run = async () => {
    const url = `/api/people/${person.personId}/grants`;
    const body = { purpose, terminalId: terminal?.terminalId };
    setShown(await issue.run({ method: 'POST', url, body }));
  };
  const isAway = terminal !== undefined && terminal.status !== 'online';
  return (
    <>
      <ActButton kind="text" reason={reason} isRunning={issue.isRunning} onClick={() => void run()}>
        {t(`grant.${purpose}`)}
      </ActButton>
      <ProblemLine problem={issue.problem} />
      <CodeDialog
        shown={shown}
        title={t(`grant.${purpose}Title`, { name: person.name })}
        onClose={() => setShown(null)}
        steps={
          <>
            <p>{t(`grant.${purpose}Steps`, { name: person.name })}</p>
            {isAway && <p className="problem">▲ {t('grant.away')}</p>}
          </>
        }
      />
    </>
  );
}

function RetireButton({ person, region }: Props): ReactElement {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const mayChange = useMay('change-people');
  const retire = useCommand<{ personId: string }>([peopleKey(region), terminalsKey, ['villages']]);
  const ask = () =>
    modal.confirm({
      title: t('people.retireAsk', { name: person.name }),
      content: t('people.retireWhat'),
      okText: t('people.retireYes'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: () =>
        retire.run({ method: 'POST', url: `/api/people/${person.personId}/retire`, body: {} }),
    });
  return (
    <>
      <ActButton
        kind="text"
        reason={mayChange ? null : t('reason.role')}
        onClick={() => void ask()}
      >
        {t('people.retire')}
      </ActButton>
      <ProblemLine problem={retire.problem} />
    </>
  );
}
