import type { CourseView, CourseVillage } from '@sightline/contracts';
import { EmptyState, useWords } from '@sightline/look';
import { Table, type TableColumnsType } from 'antd';
import { useState, type ReactElement } from 'react';
import { placeName, useRegions } from '../api/use-regions.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ExportButton } from '../parts/ExportButton.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import { useKeys } from '../shell/use-keys.ts';
import { CourseActs } from './CourseActs.tsx';
import { CourseBar } from './CourseBar.tsx';
import { useCourse } from './use-courses.ts';
import { VillageResults } from './VillageResults.tsx';

interface Props {
  readonly courseId: string;
  readonly scope: string;
  readonly onClose: () => void;
}

/** One course: what stands, what is to be done with it, and how far each village is. */
export function CourseDetail({ courseId, scope, onClose }: Props): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const { data: course, error } = useCourse(courseId, scope);
  useKeys({ Escape: onClose });
  return (
    <article className="notice course">
      <button type="button" className="check-back" onClick={onClose}>
        ‹ {t('courses.toAll')}
      </button>
      <ProblemLine problem={error} />
      {course === undefined ? (
        <PageHead title={placeName(regions, scope)} of={t('courses.title')} />
      ) : (
        <>
          <PageHead
            title={course.title === '' ? t('courses.untitled') : course.title}
            of={placeName(regions, course.region)}
            acts={
              <>
                <CourseActs course={course} scope={scope} />
                <ActButton reason={null} onClick={() => print()}>
                  {t('checks.print')}
                </ActButton>
              </>
            }
          />
          <p className="quiet page-lead">
            <CourseWords course={course} /> · {t('courses.by', { login: course.by })}{' '}
            <When at={course.createdAt} />
          </p>
          <CourseBar figures={course} />
          <Villages course={course} scope={scope} />
        </>
      )}
    </article>
  );
}

/** 第 2 版 · 草稿有改动，未发布 */
function CourseWords({ course }: { readonly course: CourseView }): ReactElement {
  const { t } = useWords();
  const { version, isChanged, withdrawnAt, draft } = course;
  const words = [
    version === null ? t('courses.draft') : t('courses.version', { version }),
    version !== null && isChanged && draft !== null ? t('courses.changed') : null,
    withdrawnAt === null ? null : t('courses.withdrawn'),
  ];
  return <>{words.filter((word) => word !== null).join(' · ')}</>;
}

const rowsShown = 50;

function Villages({ course, scope }: { readonly course: CourseView; readonly scope: string }) {
  const { t } = useWords();
  const { courseId, villages } = course;
  const [shown, setShown] = useState<string | null>(null);
  const columns = useColumns(setShown);
  const query = `region=${scope}`;
  return (
    <section aria-label={t('courses.progress')}>
      {villages.length > 0 && (
        <div className="course-exports">
          <span>{t('courses.exportVillages')}</span>
          <ExportButton list={`courses/${courseId}/villages`} query={query} />
          <span>{t('courses.exportNames')}</span>
          <ExportButton
            list={`courses/${courseId}/results`}
            query={query}
            isPersonal
            hasKey={false}
          />
        </div>
      )}
      <Table<CourseVillage>
        size="middle"
        rowKey={({ region }) => region}
        columns={columns}
        dataSource={villages}
        pagination={
          villages.length > rowsShown ? { pageSize: rowsShown, showSizeChanger: false } : false
        }
        locale={{
          emptyText: (
            <EmptyState title={t('courses.noVillages')} whatToDo={t('courses.noVillagesWhat')} />
          ),
        }}
      />
      {shown !== null && (
        <VillageResults courseId={courseId} village={shown} onClose={() => setShown(null)} />
      )}
    </section>
  );
}

function useColumns(onResults: (village: string) => void): TableColumnsType<CourseVillage> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('courses.village'),
      key: 'village',
      render: (_, { region, version, due }) => (
        <span className="village-cell">
          <span>{placeName(regions, region)}</span>
          <span className="quiet">
            {t('courses.version', { version })}
            {due !== null && ` · ${t('courses.due')} ${due}`}
          </span>
        </span>
      ),
    },
    {
      title: t('courses.downloaded'),
      key: 'downloaded',
      responsive: ['md'],
      render: (_, { downloadedAt }) =>
        downloadedAt === null ? (
          <span className="receipt-waiting-word">{t('courses.notDownloaded')}</span>
        ) : (
          <When at={downloadedAt} />
        ),
    },
    {
      title: t('courses.people'),
      key: 'people',
      render: (_, { completed, passed, people }) => `${completed} / ${passed} / ${people}`,
    },
    {
      key: 'results',
      render: (_, { region }) => (
        <ActButton kind="text" reason={null} onClick={() => onResults(region)}>
          {t('courses.results')}
        </ActButton>
      ),
    },
  ];
}
