/**
 * How a function becomes one file: what the stacks tell CDK, and what a benchmark tells esbuild itself. The names are
 * those of both.
 */
export const BUNDLING = {
  // An ES module that imports `node:http` has Node make all that is exported there, a WebSocket client among it: that
  // alone is a fifth of a cold start.
  format: 'cjs' as const,
  // The lighter build of a package that has two.
  mainFields: ['module', 'main'],
  target: 'node24',
  minify: true,
  // It has no meaning in such a bundle, and nothing but what looks for installed packages asks for it.
  define: { 'import.meta.url': 'undefined' },
};
