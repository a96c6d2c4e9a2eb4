#!/usr/bin/env -S node --max-semi-space-size=16
import { enableCompileCache } from 'node:module';

// Node strips the types of every file it loads; from the second start on it need not.
enableCompileCache();
const { main } = await import('../lib/cli/program.ts');
process.exitCode = await main(process.argv.slice(2));
