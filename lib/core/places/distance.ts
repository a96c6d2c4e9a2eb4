/** IUGG mean radius R1 of the Earth (GRS 80). */
const EARTH_RADIUS_KM = 6_371.0088;
const RADIANS = Math.PI / 180;

export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

/**
 * Computes the great-circle distance between two points on a sphere of 6,371.0088 km, by the haversine formula.
 *
 * Symmetric, never negative, right across the antimeridian and at the poles. Differs from the WGS-84 ellipsoid by
 * less than 0.6 %.
 *
 * @param a - degrees; latitude −90…90, longitude any
 * @example greatCircleKm({ lat: 40.71, lon: -74.01 }, { lat: 55.76, lon: 37.62 }) // => 7510 or so
 */
export function greatCircleKm(a: Coordinates, b: Coordinates): number {
  const sinLat = Math.sin(((b.lat - a.lat) * RADIANS) / 2);
  const sinLon = Math.sin(((b.lon - a.lon) * RADIANS) / 2);
  const h = sinLat * sinLat + Math.cos(a.lat * RADIANS) * Math.cos(b.lat * RADIANS) * sinLon * sinLon;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.min(1, Math.sqrt(h)));
}
