import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE, DETECTIONS } from '../lib/core/detections/index.ts';

const PAGE = readFileSync(join(__dirname, '../docs/detections.md'), 'utf8');

describe('the catalogue', () => {
  it('has no id twice, and the judgement over all of them last', () => {
    const ids = CATALOGUE.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.at(-1)).toBe('suspected-impostor');
  });

  describe.each(CATALOGUE.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
    it('lives in the file of its name, has a test of its name and a section of the page', () => {
      expect(existsSync(join(__dirname, `../lib/core/detections/${id}.ts`))).toBe(true);
      expect(existsSync(join(__dirname, `core/detections/${id}.test.ts`))).toBe(true);
      expect(PAGE).toContain(`\n## ${id}\n`);
    });

    it('says what it cannot see, what explains it, and what to check', () => {
      for (const texts of [detection.blindSpots, detection.falsePositives, detection.triage]) {
        expect(texts.length).toBeGreaterThan(0);
        for (const text of texts) expect(text).toMatch(/^[A-Z].{20,}[.?]$/s);
      }
    });

    it('names techniques as ATT&CK does and gives a reason for every parameter', () => {
      for (const technique of detection.attack) expect(technique).toMatch(/^T\d{4}(\.\d{3})?$/);
      for (const { why } of Object.values(detection.parameters)) expect(why.length).toBeGreaterThan(20);
    });
  });

  describe.each(DETECTIONS.map((detection) => [detection.id, detection] as const))('%s', (_id, detection) => {
    it('starts from a state that survives JSON', () => {
      const empty = detection.state.empty();
      expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
    });

    it('has a weight in the composite below its cap, and says what clears it', () => {
      const { contributes } = detection;
      if (contributes === undefined) throw new Error('every detection about people has a weight');
      expect(contributes.weight).toBeGreaterThan(0);
      expect(contributes.weight).toBeLessThanOrEqual(40);
      expect(contributes.clearedBy).toMatch(/^[A-Z].{20,}\.$/s);
    });

    it('can be fed, and is asked about what it keeps the history of', () => {
      expect(PAGE.split(`\n## ${detection.id}\n`)[1]).toMatch(
        /Fed by (?:okta|entra|intune|m365|google|aws|ssm) \(/,
      );
      expect(detection.state.keepDays).toBeGreaterThan(0);
    });
  });
});
