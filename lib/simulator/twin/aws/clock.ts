/**
 * The clock of this thread. The emulators ask `Date` when a message becomes visible again, so that `Date` itself has to
 * tell the twin's time; nothing else lives in this thread.
 */
const realNow = Date.now.bind(Date);
let stopped: number | undefined;

function now(): number {
  return stopped ?? realNow();
}

/** Makes `Date` tell the twin's time from now on. */
export function takeOverDate(): void {
  globalThis.Date = new Proxy(Date, {
    construct: (date, given, as) => Reflect.construct(date, given.length === 0 ? [now()] : given, as) as Date,
    get: (date, name) => (name === 'now' ? now : (Reflect.get(date, name) as unknown)),
  });
}

/** Stops the clock at a time, milliseconds since 1970; it never goes back. */
export function stopClockAt(time: number): void {
  stopped = Math.max(time, stopped ?? time);
}

/** Tells whether the clock stands still: nothing is worth waiting for then. */
export function isClockStopped(): boolean {
  return stopped !== undefined;
}
