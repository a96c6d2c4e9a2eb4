/** Observes one trial in a process of its own, which takes its memory with it: `node observe-trial.ts TRIAL`. */
import { makeWorld } from '../../lib/simulator/world/make-world.ts';
import { observe } from './observe.ts';
import type { Trial } from './trial.ts';

const trial = JSON.parse(process.argv[2] ?? '') as Trial;
process.stdout.write(JSON.stringify(await observe(trial, makeWorld)));
