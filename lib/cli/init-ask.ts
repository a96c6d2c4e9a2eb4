/** Asks the questions of `ringer init` that no option has answered. */
import type { VendorId } from '../sources/manifest.ts';
import { MANIFESTS } from '../sources/manifests.ts';
import { NO_ANSWERS, problemsWith, type Answers } from './init-answers.ts';
import { QUESTIONS, type Question } from './init-questions.ts';
import { askLine, askSome } from './terminal-prompts.ts';

export async function askForAnswers(given: Partial<Answers>, externalId: string): Promise<Answers> {
  let answers: Answers = { ...NO_ANSWERS, ...given };
  if (given.sources === undefined) {
    const choices = MANIFESTS.map(({ vendor, title }) => ({ value: vendor, name: title }));
    answers = { ...answers, sources: await askSome<VendorId>('What to read', choices) };
  }
  for (const question of QUESTIONS) {
    const { key, of, isList, asks } = question;
    if (given[key] !== undefined || (of !== undefined && !answers.sources.includes(of))) continue;
    const before = answers;
    const line = await askLine(isList === true ? `${asks} (with commas between)` : asks, (text) =>
      wrongWith(question, { ...before, ...answerIn(question, text) }, externalId),
    );
    answers = { ...answers, ...answerIn(question, line) };
  }
  return answers;
}

/** Other questions may still be open: only what this answer brought is wrong with it. */
function wrongWith({ key, isRequired }: Question, answers: Answers, externalId: string): string | undefined {
  if (answers[key] === undefined) return isRequired === true ? 'It cannot do without.' : undefined;
  const { [key]: _, ...others } = answers;
  const known = new Set(problemsWith({ ...NO_ANSWERS, ...others }, externalId));
  return problemsWith(answers, externalId).find((problem) => !known.has(problem));
}

/** An empty line is no answer. */
function answerIn({ key, isList }: Question, line: string): Partial<Answers> {
  if (isList !== true) return line.trim() === '' ? {} : { [key]: line.trim() };
  const parts = line.split(',').map((part) => part.trim());
  return { [key]: parts.filter((part) => part !== '') };
}
