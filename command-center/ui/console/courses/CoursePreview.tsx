import type { CourseDraft } from '@sightline/contracts';
import { LessonView, QuizOptions } from '@sightline/look/course';
import { useWords } from '@sightline/look';
import { Modal } from 'antd';
import { useState, type ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';

interface Props {
  readonly courseId: string;
  readonly draft: CourseDraft;
  readonly onClose: () => void;
}

/**
 * 预览: the draft as the kiosk shows it, step by step, before anybody gets it. What is right is marked, for the
 * author alone sees this.
 */
export function CoursePreview({ courseId, draft, onClose }: Props): ReactElement {
  const { t } = useWords();
  const [nth, setNth] = useState(0);
  const { lessons, quiz } = draft;
  const count = lessons.length + quiz.questions.length;
  const isFirst = nth === 0;
  const isLast = nth + 1 >= count;
  return (
    <Modal open onCancel={onClose} footer={null} title={t('coursePreview.title')} width={1040}>
      <div className="course-preview">
        <div className="course-preview-screen" data-theme="dark" lang={draft.language}>
          <Step courseId={courseId} draft={draft} nth={nth} />
        </div>
      </div>
      <div className="actions course-foot" aria-live="polite">
        <ActButton
          reason={isFirst ? t('coursePreview.first') : null}
          onClick={() => setNth(nth - 1)}
        >
          {t('coursePreview.back')}
        </ActButton>
        <span>{t('coursePreview.step', { nth: Math.min(nth + 1, count), of: count })}</span>
        <ActButton
          kind="main"
          reason={isLast ? t('coursePreview.last') : null}
          onClick={() => setNth(nth + 1)}
        >
          {t('coursePreview.next')}
        </ActButton>
      </div>
    </Modal>
  );
}

function Step(props: {
  readonly courseId: string;
  readonly draft: CourseDraft;
  readonly nth: number;
}): ReactElement {
  const { courseId, draft, nth } = props;
  const { t } = useWords();
  const { lessons, quiz } = draft;
  const lesson = lessons[nth];
  const place = nth - lessons.length;
  const question = quiz.questions[place];
  if (lesson !== undefined) {
    const isEmpty = lesson.kind === 'video' && lesson.file === null;
    const { file } = lesson.kind === 'video' ? lesson : { file: null };
    return (
      <>
        <h3>{lesson.title === '' ? t('courses.untitled') : lesson.title}</h3>
        {isEmpty ? (
          <p className="lesson-broken">{t('coursePreview.noFilm')}</p>
        ) : (
          <LessonView
            key={nth}
            lesson={lesson.kind === 'page' ? lesson : { ...lesson, file: file ?? '' }}
            fileUrl={(sha256) => `/api/courses/${courseId}/files/${sha256}`}
            noPlay={t('coursePreview.noPlay')}
          />
        )}
      </>
    );
  }
  if (question === undefined) return <p className="lesson-broken">{t('coursePreview.empty')}</p>;
  const words = { nth: place + 1, of: quiz.questions.length };
  return (
    <>
      <h3>
        {question.text === '' ? t('courses.untitled') : question.text}
        <small>
          {t('coursePreview.question', words)} · {t(`coursePreview.${question.kind}`)} ·{' '}
          {t('coursePreview.rightMarked')}
        </small>
      </h3>
      <QuizOptions options={question.options} marked={question.right} />
    </>
  );
}
