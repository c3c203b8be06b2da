import type { CourseDraft, CourseLine } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import type { TableColumnsType } from 'antd';
import type { ReactElement } from 'react';
import { useLocation } from 'wouter';
import { useCommand } from '../api/use-command.ts';
import { useList } from '../api/use-list.ts';
import { useMay } from '../api/use-me.ts';
import { placeName, useRegions } from '../api/use-regions.ts';
import { CourseBar } from '../courses/CourseBar.tsx';
import { CourseDetail } from '../courses/CourseDetail.tsx';
import { coursesKey } from '../courses/use-courses.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ListTable } from '../parts/ListTable.tsx';
import { PageHead } from '../parts/PageHead.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { When } from '../parts/StatusWord.tsx';
import type { PlaceProps } from '../shell/place-props.ts';
import { useKeys } from '../shell/use-keys.ts';
import { useRegion, Workplace } from '../shell/Workplace.tsx';

/** 远程培训: courses, and how far the villages are with them. */
export function CoursesPage({ region, chosen }: PlaceProps): ReactElement {
  const scope = useRegion(region);
  const [, goTo] = useLocation();
  return (
    <Workplace page="courses" region={scope}>
      {chosen === undefined ? (
        <Courses scope={scope} />
      ) : (
        <CourseDetail
          key={chosen}
          courseId={chosen}
          scope={scope}
          onClose={() => goTo(`/courses/${scope}`)}
        />
      )}
    </Workplace>
  );
}

const emptyDraft: CourseDraft = {
  title: '',
  language: 'zh',
  lessons: [],
  quiz: { passPercent: 60, tries: 3, questions: [] },
};

function Courses({ scope }: { readonly scope: string }): ReactElement {
  const { t } = useWords();
  const regions = useRegions();
  const [, goTo] = useLocation();
  const create = useCommand<{ readonly courseId: string }>([coursesKey]);
  const mayNot = useMay('run-training') ? null : t('courses.mayNot');
  const list = useList<CourseLine>({
    key: [...coursesKey, 'list'],
    url: `/api/courses?region=${scope}`,
    cursor: 'before',
  });

  async function begin(): Promise<void> {
    const body = { courseId: crypto.randomUUID(), region: scope, draft: emptyDraft };
    const reply = await create.run({ method: 'POST', url: '/api/courses', body });
    if (reply !== null) goTo(`/courses/${scope}/${reply.courseId}`);
  }

  useKeys({ n: () => (mayNot === null ? void begin() : undefined) });
  return (
    <>
      <PageHead
        title={placeName(regions, scope)}
        of={t('courses.title')}
        acts={
          <ActButton
            kind="main"
            reason={mayNot}
            isRunning={create.isRunning}
            onClick={() => void begin()}
          >
            {t('courses.create')}
          </ActButton>
        }
      />
      <p className="quiet page-lead">{t('courses.lead')}</p>
      <ProblemLine problem={create.problem} />
      <ListTable<CourseLine>
        list={list}
        rowKey={({ courseId }) => courseId}
        columns={useColumns()}
        empty={{ title: t('courses.none'), whatToDo: t('courses.noneWhat') }}
        onOpen={({ courseId }) => goTo(`/courses/${scope}/${courseId}`)}
      />
    </>
  );
}

function useColumns(): TableColumnsType<CourseLine> {
  const { t } = useWords();
  const regions = useRegions();
  return [
    {
      title: t('courses.what'),
      key: 'what',
      render: (_, { title, version, withdrawnAt }) => (
        <span className="village-cell">
          <strong className={withdrawnAt === null ? '' : 'notice-gone'}>
            {title === '' ? t('courses.untitled') : title}
          </strong>
          <span className="quiet">
            {version === null ? t('courses.draft') : t('courses.version', { version })}
            {withdrawnAt !== null && ` · ${t('courses.withdrawn')}`}
          </span>
        </span>
      ),
    },
    {
      title: t('courses.where'),
      key: 'where',
      responsive: ['md'],
      render: (_, { region, by, createdAt }) => (
        <span className="village-cell">
          <span>{placeName(regions, region)}</span>
          <span className="quiet">
            {by} · <When at={createdAt} />
          </span>
        </span>
      ),
    },
    {
      title: t('courses.progress'),
      key: 'progress',
      render: (_, line) => <CourseBar figures={line} />,
    },
  ];
}
