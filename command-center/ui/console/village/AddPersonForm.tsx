import { Button, Input } from 'antd';
import { useState, type ReactElement, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../api/use-command.ts';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { peopleKey, terminalsKey } from './use-people.ts';

interface Props {
  readonly region: string;
  readonly onDone: () => void;
}

const mostLetters = 64;

/** Name and post of a new person; stays open for the next one. */
export function AddPersonForm({ region, onDone }: Props): ReactElement {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [post, setPost] = useState('');
  const add = useCommand<{ personId: string }>([peopleKey(region), terminalsKey, ['villages']]);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const url = `/api/villages/${region}/people`;
    const reply = await add.run({ method: 'POST', url, body: { name, post } });
    if (reply === null) return;
    setName('');
    setPost('');
  };
  return (
    <form className="add-person" onSubmit={(event) => void submit(event)}>
      <label>
        {t('people.name')}
        <Input
          value={name}
          maxLength={mostLetters}
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label>
        {t('people.post')}
        <Input
          value={post}
          maxLength={mostLetters}
          placeholder={t('people.postExample')}
          onChange={(event) => setPost(event.target.value)}
        />
      </label>
      <ProblemLine problem={add.problem} />
      <div className="actions">
        <Button
          type="primary"
          htmlType="submit"
          disabled={name.trim() === ''}
          loading={add.isRunning}
        >
          {t('people.addThis')}
        </Button>
        <Button onClick={onDone}>{t('button.close')}</Button>
      </div>
    </form>
  );
}
