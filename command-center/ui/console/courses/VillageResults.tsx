import type { CourseResult } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { Modal, Table } from 'antd';
import type { ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useResults } from './use-courses.ts';

interface Props {
  readonly courseId: string;
  readonly village: string;
  readonly onClose: () => void;
}

/** 成绩 of one village by name: opened on purpose, each time audited. */
export function VillageResults({ courseId, village, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { data, error, isPending } = useResults(courseId, village);
  const title = t('courses.resultsOf', { village: placeName(regions, village) });
  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={title}
      width={640}
      className="receipt-dialog"
    >
      <div className="receipt course-results">
        <p className="fine">{t('people.audited')}</p>
        <ProblemLine problem={error} />
        <Table<CourseResult>
          size="middle"
          loading={isPending}
          rowKey={({ personId, version }) => `${personId} ${version}`}
          dataSource={data?.results ?? []}
          pagination={false}
          columns={[
            { title: t('people.name'), key: 'name', render: (_, { name }) => name },
            {
              title: t('courses.progress'),
              key: 'score',
              render: (_, { passed, score, of, attempt, tries, isLate }) => (
                <span className="village-cell">
                  <span className={passed ? 'receipt-read-word' : ''}>
                    {t(passed ? 'courses.passed' : 'courses.failed')} ·{' '}
                    {t('courses.score', { score, of })}
                  </span>
                  <span className="quiet">
                    {t('courses.attempt', { nth: attempt, count: tries })}
                    {isLate && ` · ${t('courses.late')}`}
                  </span>
                </span>
              ),
            },
            {
              title: t('courses.method'),
              key: 'method',
              render: (_, { method, witness, sampleCamera }) => (
                <span className="village-cell">
                  <span>{t(`method.${method}`)}</span>
                  {witness !== null && <span className="quiet">{witness}</span>}
                  {sampleCamera && <span className="quiet">{t('sampleCamera.one')}</span>}
                </span>
              ),
            },
            {
              title: t('notices.when'),
              key: 'at',
              render: (_, { at, version }) => (
                <span className="village-cell">
                  <When at={at} />
                  <span className="quiet">{t('courses.version', { version })}</span>
                </span>
              ),
            },
          ]}
          locale={{
            emptyText: (
              <EmptyState title={t('courses.noResults')} whatToDo={t('courses.noResultsWhat')} />
            ),
          }}
        />
      </div>
      <div className="actions receipt-acts">
        <ActButton reason={null} onClick={() => print()}>
          {t('checks.print')}
        </ActButton>
      </div>
    </Modal>
  );
}
