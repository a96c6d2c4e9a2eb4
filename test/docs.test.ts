import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedPages } from '../docs/render.ts';

const ROOT = join(__dirname, '..');

describe('the generated pages', () => {
  it.each(generatedPages())('%s is what the code says (`npm run docs` writes it)', (name, text) => {
    expect(readFileSync(join(ROOT, 'docs', name), 'utf8')).toBe(text);
  });
});

describe('the written pages', () => {
  it('link only to files that exist', () => {
    const pages = globSync('{*.md,docs/**/*.md}', { cwd: ROOT });
    const broken = pages.flatMap((page) => {
      const links = [
        ...readFileSync(join(ROOT, page), 'utf8').matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g),
      ];
      return links
        .map((link) => join(page, '..', link[1] ?? ''))
        .filter((target) => globSync(target, { cwd: ROOT }).length === 0)
        .map((target) => `${page} -> ${target}`);
    });
    expect(broken).toEqual([]);
  });
});
