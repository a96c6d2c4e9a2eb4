/** The thread: does what it is asked, and tells who was stopped. */
import { parentPort } from 'node:worker_threads';
import { messageOf } from '../../../core/errors.ts';
import { takeOverDate } from './clock.ts';
import { startControls } from './controls.ts';
import type { Controls, Killed } from './index.ts';

/** Asked of the thread: a control by name, or that it ends. */
export interface Question {
  readonly id: number;
  readonly name: keyof Controls | 'stop';
  readonly given: readonly unknown[];
}

/** Said by the thread; the answer to question 0, which nobody asks, is the endpoint. */
export type Said =
  | { readonly killed: Killed }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failed: string };

takeOverDate();
const say = (said: Said): void => parentPort?.postMessage(said);
const { endpoint, controls, stop } = await startControls((killed) => say({ killed }));

async function answer({ id, name, given }: Question): Promise<void> {
  try {
    const act = name === 'stop' ? stop : (controls[name] as (...given: unknown[]) => unknown);
    say({ id, value: await act(...given) });
  } catch (thrown) {
    say({ id, failed: messageOf(thrown) });
  }
}

parentPort?.on('message', (question: Question) => void answer(question));
say({ id: 0, value: endpoint });
