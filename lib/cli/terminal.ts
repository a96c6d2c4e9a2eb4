/** What a terminal can show: colour where people look, progress where they wait, neither in a pipe. */
import colors from 'picocolors';
import { PLAIN, type Style } from '../core/alerts/text.ts';

/** Gives the style for stdout: colour on a terminal, unless NO_COLOR is set; plain elsewhere. */
export function stdoutStyle(): Style {
  const on = process.stdout.isTTY && colors.isColorSupported;
  if (!on) return PLAIN;
  const paint = colors.createColors(true);
  return {
    strong: paint.bold,
    faint: paint.dim,
    severity: (severity, text) => {
      switch (severity) {
        case 'critical':
          return paint.bold(paint.bgMagenta(paint.white(text)));
        case 'high':
          return paint.bold(paint.bgRed(paint.white(text)));
        case 'medium':
          return paint.bgYellow(paint.black(text));
        case 'low':
          return paint.bgCyan(paint.black(text));
        case 'informational':
          return paint.inverse(text);
      }
    },
  };
}

/** Columns to write to, between 60 and 120. */
export function stdoutWidth(): number {
  return Math.min(120, Math.max(60, process.stdout.isTTY ? process.stdout.columns : 100));
}

const REDRAW_MS = 100;

/** One line on a terminal's stderr that is drawn again and again; nothing in a pipe. */
export class ProgressLine {
  #drawnAt = 0;
  #drawn = false;

  show(text: () => string): void {
    if (!process.stderr.isTTY) return;
    const now = Date.now();
    if (now - this.#drawnAt < REDRAW_MS) return;
    this.#drawnAt = now;
    this.#drawn = true;
    process.stderr.write(`\r\u001b[2K${text()}`);
  }

  clear(): void {
    if (this.#drawn) process.stderr.write('\r\u001b[2K');
    this.#drawn = false;
  }
}

/** Writes a line for people, beside the data. */
export function notice(text: string): void {
  process.stderr.write(`${text}\n`);
}
