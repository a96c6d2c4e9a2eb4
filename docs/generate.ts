import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from './render.ts';

for (const [name, text] of generatedPages()) writeFileSync(join(import.meta.dirname, name), text);
