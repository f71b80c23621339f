import type { Question } from './jobs-store.ts';

/** A question as text, the same for the same question. */
export function canonicalQuestion(question: Question): string {
  const { kind, from, to, timeZone, actions, steps, windowSeconds } = question;
  return JSON.stringify({ kind, from, to, timeZone, actions, steps, windowSeconds });
}

export function parseQuestion(text: string): Question {
  const { actions, ...question } = JSON.parse(text) as Question;
  return { ...question, actions };
}
