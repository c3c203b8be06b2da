import { courseLimits, type CourseDraft, type UploadedFile } from '@sightline/contracts';
import { useWords } from '@sightline/look';
import { Input } from 'antd';
import type { ReactElement } from 'react';
import { ActButton } from '../parts/ActButton.tsx';
import { FilePick } from './FilePick.tsx';

type Lesson = CourseDraft['lessons'][number];
type PageLesson = Extract<Lesson, { readonly kind: 'page' }>;

interface Props {
  readonly courseId: string;
  readonly files: readonly UploadedFile[];
  readonly lesson: Lesson;
  /** From 1. */
  readonly nth: number;
  readonly onChange: (lesson: Lesson) => void;
  readonly onUp: () => void;
  readonly onRemove: () => void;
}

/** One lesson of a draft. */
export function LessonFields(props: Props): ReactElement {
  const { courseId, files, lesson, nth, onChange, onUp, onRemove } = props;
  const { t } = useWords();
  const name = t('courseEditor.lessonTitle', { nth });
  return (
    <fieldset className="course-part">
      <legend>
        {t('courseEditor.lesson', { nth })} · {t(`courseEditor.kind.${lesson.kind}`)}
      </legend>
      <Input
        aria-label={name}
        placeholder={name}
        maxLength={courseLimits.titleChars}
        value={lesson.title}
        onChange={(event) => onChange({ ...lesson, title: event.target.value })}
      />
      {lesson.kind === 'video' ? (
        <FilePick
          courseId={courseId}
          kind="video"
          file={files.find(({ sha256 }) => sha256 === lesson.file) ?? null}
          onPicked={(file) => onChange({ ...lesson, file })}
        />
      ) : (
        <PageFields courseId={courseId} files={files} lesson={lesson} onChange={onChange} />
      )}
      <span className="course-part-acts">
        {nth > 1 && (
          <ActButton kind="text" reason={null} onClick={onUp}>
            {t('courseEditor.up')}
          </ActButton>
        )}
        <ActButton kind="text" reason={null} onClick={onRemove}>
          {t('courseEditor.remove')}
        </ActButton>
      </span>
    </fieldset>
  );
}

function PageFields(props: {
  readonly courseId: string;
  readonly files: readonly UploadedFile[];
  readonly lesson: PageLesson;
  readonly onChange: (lesson: PageLesson) => void;
}): ReactElement {
  const { courseId, files, lesson, onChange } = props;
  const { t } = useWords();
  const { pictures } = lesson;
  const text = t('courseEditor.text', { count: courseLimits.pageChars });
  return (
    <>
      <Input.TextArea
        aria-label={text}
        placeholder={text}
        rows={5}
        maxLength={courseLimits.pageChars}
        value={lesson.text}
        onChange={(event) => onChange({ ...lesson, text: event.target.value })}
      />
      {pictures.map((picture, index) => (
        <div key={picture.file} className="course-picture">
          <span className="file-name">
            {files.find(({ sha256 }) => sha256 === picture.file)?.name ?? picture.file.slice(0, 8)}
          </span>
          <Input
            aria-label={t('courseEditor.caption')}
            placeholder={t('courseEditor.caption')}
            maxLength={courseLimits.captionChars}
            value={picture.caption}
            onChange={(event) => {
              const changed = { ...picture, caption: event.target.value };
              onChange({ ...lesson, pictures: pictures.with(index, changed) });
            }}
          />
          <ActButton
            kind="text"
            reason={null}
            onClick={() => onChange({ ...lesson, pictures: pictures.toSpliced(index, 1) })}
          >
            {t('courseEditor.remove')}
          </ActButton>
        </div>
      ))}
      {pictures.length < courseLimits.picturesPerPage && (
        <FilePick
          courseId={courseId}
          kind="image"
          file={null}
          onPicked={(file) => {
            const others = pictures.filter((picture) => picture.file !== file);
            onChange({ ...lesson, pictures: [...others, { file, caption: '' }] });
          }}
        />
      )}
    </>
  );
}
