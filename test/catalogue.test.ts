import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DETECTIONS } from '../lib/core/detections/index.ts';

describe('the catalogue', () => {
  it('has no id twice', () => {
    const ids = DETECTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  describe.each(DETECTIONS.map((detection) => [detection.id, detection] as const))('%s', (id, detection) => {
    it('lives in the file of its name and has a test of its name', () => {
      expect(existsSync(join(__dirname, `../lib/core/detections/${id}.ts`))).toBe(true);
      expect(existsSync(join(__dirname, `core/detections/${id}.test.ts`))).toBe(true);
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

    it('starts from a state that survives JSON', () => {
      const empty = detection.state.empty();
      expect(JSON.parse(JSON.stringify(empty))).toEqual(empty);
    });
  });
});
