import { findDraftFault, type CourseDraft, type CourseView } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { App } from 'antd';
import { useState, type ReactElement } from 'react';
import { refuseCourseWithdrawal } from '#domain/course/decide-course.ts';
import { useCommand } from '../api/use-command.ts';
import { useMay } from '../api/use-me.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { AssignDialog } from './AssignDialog.tsx';
import { CoursePreview } from './CoursePreview.tsx';
import { CourseEditor } from './CourseEditor.tsx';
import { coursesKey } from './use-courses.ts';

interface Props {
  readonly course: CourseView;
  readonly scope: string;
}

/** Write, publish, assign, withdraw: what is off says why. */
export function CourseActs({ course, scope }: Props): ReactElement {
  const { t } = useWords();
  const may = useMay('run-training');
  const { draft, courseId } = course;
  // One that was never written is opened for writing at once.
  const isNew = draft !== null && draft.title === '' && course.version === null;
  const [open, setOpen] = useState<'editor' | 'preview' | 'assign' | null>(isNew ? 'editor' : null);
  const close = (): void => setOpen(null);
  const off = !may ? t('courses.mayNot') : draft === null ? t('courses.notYours') : null;
  const unassignable = course.version === null ? t('problem.not-published') : null;
  return (
    <>
      <ActButton reason={off} onClick={() => setOpen('editor')}>
        {t('courses.edit')}
      </ActButton>
      <ActButton reason={off} onClick={() => setOpen('preview')}>
        {t('coursePreview.open')}
      </ActButton>
      <Publish course={course} off={off} />
      <ActButton
        kind={course.version === null ? 'plain' : 'main'}
        reason={off ?? unassignable}
        onClick={() => setOpen('assign')}
      >
        {t('courses.assign')}
      </ActButton>
      <Withdraw course={course} off={off} />
      {open === 'editor' && draft !== null && (
        <CourseEditor course={course} draft={draft} onClose={close} />
      )}
      {open === 'preview' && draft !== null && (
        <CoursePreview courseId={courseId} draft={draft} onClose={close} />
      )}
      {open === 'assign' && <AssignDialog courseId={courseId} region={scope} onClose={close} />}
    </>
  );
}

interface ActProps {
  readonly course: CourseView;
  /** Why nothing may be done here; null = it may. */
  readonly off: string | null;
}

function Publish({ course, off }: ActProps): ReactElement {
  const { t } = useWords();
  const { modal } = App.useApp();
  const publish = useCommand<object>([coursesKey]);
  const { courseId, revision, draft } = course;
  const version = (course.version ?? 0) + 1;
  const url = `/api/courses/${courseId}/publish`;
  const ask = () =>
    modal.confirm({
      title: t('courses.publishAsk', { version }),
      content: t('courses.publishWhat'),
      okText: t('courses.publish'),
      cancelText: t('button.cancel'),
      onOk: () => publish.run({ method: 'POST', url, body: { revision } }),
    });
  const missing = useMissing(draft, course.isChanged);
  return (
    <>
      <ActButton reason={off ?? missing} isRunning={publish.isRunning} onClick={() => void ask()}>
        {t('courses.publish')}
      </ActButton>
      <ProblemLine problem={publish.problem} />
    </>
  );
}

/** Why it cannot be published as it stands; null = it can. */
function useMissing(draft: CourseDraft | null, isChanged: boolean): string | null {
  const { t } = useWords();
  if (!isChanged) return t('problem.nothing-new');
  const fault = draft === null ? null : findDraftFault(draft);
  return fault === null ? null : t(`courseEditor.fault.${fault.code}`, { nth: fault.nth });
}

function Withdraw({ course, off }: ActProps): ReactElement {
  const { t } = useWords();
  const { modal } = App.useApp();
  const withdraw = useCommand<object>([coursesKey]);
  const isWithdrawn = course.withdrawnAt !== null;
  const refusal = refuseCourseWithdrawal({ isWithdrawn, isAssigned: course.isAssigned });
  const url = `/api/courses/${course.courseId}/withdraw`;
  const ask = () =>
    modal.confirm({
      title: t('courses.withdrawAsk'),
      content: t('courses.withdrawWhat'),
      okText: t('courses.withdraw'),
      cancelText: t('button.cancel'),
      okButtonProps: { danger: true },
      onOk: () => withdraw.run({ method: 'POST', url, body: {} }),
    });
  return (
    <>
      <ActButton
        reason={off ?? (refusal === null ? null : t(`problem.${refusal.code}`))}
        isRunning={withdraw.isRunning}
        onClick={() => void ask()}
      >
        {t('courses.withdraw')}
      </ActButton>
      <ProblemLine problem={withdraw.problem} />
    </>
  );
}
