export { LessonView } from './LessonView.tsx';
export { QuizOptions } from './QuizOptions.tsx';
