/** Numbers and tables, as docs/cost.md shows them. */

export function money(usd: number): string {
  return usd.toFixed(2);
}

/** @example short(1_386_000) // => '1.4 M' */
export function short(quantity: number): string {
  if (quantity >= 1e6) return `${number(quantity / 1e6)} M`;
  return quantity >= 1e3 ? `${number(quantity / 1e3)} k` : number(quantity);
}

export function number(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(2)));
}

export function rounded(people: number): string {
  return count(Number(people.toPrecision(2)));
}

export function count(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((each) => each.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
