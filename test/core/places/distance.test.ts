import fc from 'fast-check';
import { readCoordinates } from '../../../lib/core/places/coordinates.ts';
import { greatCircleKm } from '../../../lib/core/places/distance.ts';

const NEW_YORK = { lat: 40.7128, lon: -74.006 };
const HALF_CIRCUMFERENCE_KM = Math.PI * 6_371.0088;

const point = fc.record({
  lat: fc.double({ min: -90, max: 90, noNaN: true }),
  lon: fc.double({ min: -180, max: 180, noNaN: true }),
});

describe('greatCircleKm', () => {
  test.each([
    ['Moscow', { lat: 55.7558, lon: 37.6173 }, 7_510],
    ['Los Angeles', { lat: 34.0522, lon: -118.2437 }, 3_936],
    ['Philadelphia', { lat: 39.9526, lon: -75.1652 }, 130],
  ])('puts New York and %s as far apart as tables do', (_, there, expectedKm) => {
    expect(Math.abs(greatCircleKm(NEW_YORK, there) - expectedKm)).toBeLessThan(expectedKm * 0.006);
  });

  test('goes the short way across the antimeridian', () => {
    expect(greatCircleKm({ lat: 0, lon: 179.5 }, { lat: 0, lon: -179.5 })).toBeCloseTo(111.195, 2);
  });

  test('is nothing at a pole, whatever the longitudes', () => {
    expect(greatCircleKm({ lat: 90, lon: 0 }, { lat: 90, lon: 135 })).toBeCloseTo(0, 6);
  });

  test('is half the circumference between antipodes', () => {
    expect(greatCircleKm({ lat: 12, lon: 34 }, { lat: -12, lon: -146 })).toBeCloseTo(
      HALF_CIRCUMFERENCE_KM,
      3,
    );
  });

  test('is symmetric', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(greatCircleKm(a, b)).toBeCloseTo(greatCircleKm(b, a), 6);
      }),
    );
  });

  test('is never negative, nor more than half the circumference', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        const distanceKm = greatCircleKm(a, b);
        expect(distanceKm).toBeGreaterThanOrEqual(0);
        expect(distanceKm).toBeLessThanOrEqual(HALF_CIRCUMFERENCE_KM + 1e-6);
      }),
    );
  });

  test('is nothing from a point to itself', () => {
    fc.assert(fc.property(point, (a) => greatCircleKm(a, a) === 0));
  });

  test('is never made shorter by a detour', () => {
    fc.assert(
      fc.property(point, point, point, (a, b, c) => {
        expect(greatCircleKm(a, c)).toBeLessThanOrEqual(greatCircleKm(a, b) + greatCircleKm(b, c) + 1e-3);
      }),
    );
  });

  test('is the same a full turn further', () => {
    fc.assert(
      fc.property(point, point, (a, b) => {
        expect(greatCircleKm(a, { lat: b.lat, lon: b.lon + 360 })).toBeCloseTo(greatCircleKm(a, b), 3);
      }),
    );
  });
});

describe('readCoordinates', () => {
  test('rounds to four decimals', () => {
    expect(readCoordinates(37.422000885009766, -122.08499908447266)).toEqual({ lat: 37.422, lon: -122.085 });
  });

  test('writes no negative zero', () => {
    expect(Object.is(readCoordinates(-0.00001, 12)?.lat, 0)).toBe(true);
  });

  test.each([
    ['0, 0', 0, 0],
    ['next to 0, 0', 0.00001, -0.00001],
    ['a latitude over 90', 90.1, 0],
    ['a longitude over 180', 0, -180.1],
    ['NaN', Number.NaN, 1],
    ['infinity', 1, Number.POSITIVE_INFINITY],
    ['text', '48.85', '2.35'],
    ['nothing', undefined, null],
  ])('refuses %s', (_, lat, lon) => {
    expect(readCoordinates(lat, lon)).toBeUndefined();
  });

  test('takes the equator and the prime meridian', () => {
    expect([readCoordinates(0, 12), readCoordinates(51.48, 0)]).toEqual([
      { lat: 0, lon: 12 },
      { lat: 51.48, lon: 0 },
    ]);
  });
});
