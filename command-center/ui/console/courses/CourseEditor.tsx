import {
  courseLanguages,
  courseLimits,
  findDraftFault,
  type CourseDraft,
  type CourseLanguage,
  type CourseView,
} from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input, Modal, Segmented } from 'antd';
import { useId, useState, type ReactElement } from 'react';
import { useCommand } from '../api/use-command.ts';
import { ActButton } from '../parts/ActButton.tsx';
import { ProblemLine } from '../parts/ProblemLine.tsx';
import { LessonFields } from './LessonFields.tsx';
import { QuestionFields } from './QuestionFields.tsx';
import { coursesKey } from './use-courses.ts';

interface Props {
  readonly course: CourseView;
  readonly draft: CourseDraft;
  readonly onClose: () => void;
}

/** 编写课程: lessons and quiz of the draft; what is missing before it can be published stands below. */
export function CourseEditor({ course, draft: saved, onClose }: Props): ReactElement {
  const { t } = useWords();
  const [draft, setDraft] = useState(saved);
  const [revision, setRevision] = useState(course.revision);
  const [kept, setKept] = useState(saved);
  const save = useCommand<{ readonly revision: number }>([coursesKey]);
  const fault = findDraftFault(draft);
  const isKept = draft === kept;

  async function keep(): Promise<void> {
    const url = `/api/courses/${course.courseId}/draft`;
    const reply = await save.run({ method: 'POST', url, body: { revision, draft } });
    if (reply === null) return;
    setRevision(reply.revision);
    setKept(draft);
  }

  return (
    <Modal
      open
      onCancel={onClose}
      footer={null}
      title={t('courseEditor.title')}
      width={820}
      mask={{ closable: false }}
    >
      <div className="check-form">
        <Head draft={draft} onChange={setDraft} />
        <Lessons course={course} draft={draft} onChange={setDraft} />
        <Quiz draft={draft} onChange={setDraft} />
        <ProblemLine problem={save.problem} />
        <div className="actions course-foot" aria-live="polite">
          <ActButton
            kind="main"
            reason={isKept ? t('courseEditor.saved') : null}
            isRunning={save.isRunning}
            onClick={() => void keep()}
          >
            {t('courseEditor.save')}
          </ActButton>
          <span className="quiet">
            {fault === null
              ? t('courseEditor.ready')
              : t(`courseEditor.fault.${fault.code}`, { nth: fault.nth })}
            {!isKept && ` · ${t('courseEditor.unsaved')}`}
          </span>
        </div>
      </div>
    </Modal>
  );
}

interface PartProps {
  readonly draft: CourseDraft;
  readonly onChange: (draft: CourseDraft) => void;
}

function Head({ draft, onChange }: PartProps): ReactElement {
  const { t } = useWords();
  const id = useId();
  return (
    <>
      <div>
        <label className="check-label" htmlFor={`${id}-title`}>
          {t('courseEditor.name', { count: courseLimits.titleChars })}
        </label>
        <Input
          id={`${id}-title`}
          maxLength={courseLimits.titleChars}
          value={draft.title}
          onChange={(event) => onChange({ ...draft, title: event.target.value })}
        />
      </div>
      <div>
        <span className="check-label">{t('courseEditor.language')}</span>
        <Segmented<CourseLanguage>
          value={draft.language}
          onChange={(language) => onChange({ ...draft, language })}
          options={courseLanguages.map((value) => ({
            value,
            label: t(`courseEditor.languages.${value}`),
          }))}
        />
      </div>
    </>
  );
}

function Lessons({ course, draft, onChange }: PartProps & { readonly course: CourseView }) {
  const { t } = useWords();
  const { lessons } = draft;
  const set = (next: CourseDraft['lessons']): void => onChange({ ...draft, lessons: next });
  return (
    <section aria-label={t('courseEditor.lessons')} className="course-parts">
      <h3>{t('courseEditor.lessons')}</h3>
      {lessons.map((lesson, index) => (
        <LessonFields
          key={`${lesson.kind} ${index}`}
          courseId={course.courseId}
          files={course.files}
          lesson={lesson}
          nth={index + 1}
          onChange={(changed) => set(lessons.with(index, changed))}
          onUp={() => set(lessons.toSpliced(index, 1).toSpliced(index - 1, 0, lesson))}
          onRemove={() => set(lessons.toSpliced(index, 1))}
        />
      ))}
      {lessons.length < courseLimits.lessons && (
        <span className="course-part-acts">
          <ActButton
            reason={null}
            onClick={() => set([...lessons, { kind: 'video', title: '', file: null }])}
          >
            {t('courseEditor.addVideo')}
          </ActButton>
          <ActButton
            reason={null}
            onClick={() => set([...lessons, { kind: 'page', title: '', text: '', pictures: [] }])}
          >
            {t('courseEditor.addPage')}
          </ActButton>
        </span>
      )}
    </section>
  );
}

const passPercents = [60, 70, 80, 90, 100] as const;
const tryCounts = Array.from({ length: courseLimits.tries }, (_, index) => index + 1);

function Quiz({ draft, onChange }: PartProps): ReactElement {
  const { t } = useWords();
  const { quiz } = draft;
  const { questions } = quiz;
  const set = (change: Partial<CourseDraft['quiz']>): void =>
    onChange({ ...draft, quiz: { ...quiz, ...change } });
  const empty = { text: '', kind: 'single' as const, options: ['', ''], right: [] };
  return (
    <section aria-label={t('courseEditor.quiz')} className="course-parts">
      <h3>{t('courseEditor.quiz')}</h3>
      <div>
        <span className="check-label">{t('courseEditor.passPercent')}</span>
        <Segmented<number>
          value={quiz.passPercent}
          onChange={(passPercent) => set({ passPercent })}
          options={passPercents.map((value) => ({ value, label: `${value}%` }))}
        />
      </div>
      <div>
        <span className="check-label">{t('courseEditor.tries')}</span>
        <Segmented<number>
          value={quiz.tries}
          onChange={(tries) => set({ tries })}
          options={tryCounts.map((value) => ({ value, label: String(value) }))}
        />
      </div>
      {questions.map((question, index) => (
        <QuestionFields
          // Questions have no name but their place.
          key={`question ${index}`}
          question={question}
          nth={index + 1}
          onChange={(changed) => set({ questions: questions.with(index, changed) })}
          onRemove={() => set({ questions: questions.toSpliced(index, 1) })}
        />
      ))}
      {questions.length < courseLimits.questions && (
        <span className="course-part-acts">
          <ActButton reason={null} onClick={() => set({ questions: [...questions, empty] })}>
            {t('courseEditor.addQuestion')}
          </ActButton>
        </span>
      )}
    </section>
  );
}
