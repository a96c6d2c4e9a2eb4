/**
 * Remembers which records were seen, in eight bytes each: 53-bit fingerprints in an open-addressed table.
 *
 * Two different records of a million share a fingerprint with probability below one in ten thousand.
 */
export class Seen {
  #slots = new Float64Array(1 << 12);
  #size = 0;

  /** Adds a key; tells whether it was new. */
  add(key: string): boolean {
    if (this.#size * 2 >= this.#slots.length) this.#grow();
    const print = fingerprint(key);
    const at = this.#find(this.#slots, print);
    if (this.#slots[at] === print) return false;
    this.#slots[at] = print;
    this.#size += 1;
    return true;
  }

  #find(slots: Float64Array, print: number): number {
    const mask = slots.length - 1;
    let at = (print % 0x7fffffff) & mask;
    while (slots[at] !== 0 && slots[at] !== print) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const larger = new Float64Array(this.#slots.length * 2);
    for (const print of this.#slots) if (print !== 0) larger[this.#find(larger, print)] = print;
    this.#slots = larger;
  }
}

/** Mixes a text into a whole number of 53 bits, never 0: two multiplicative 32-bit hashes, finished against each other. */
function fingerprint(text: string): number {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x9e3779b1);
    b = Math.imul(b ^ unit, 0x5f356495);
  }
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b) ^ Math.imul(b ^ (b >>> 13), 0xc2b2ae35);
  b = Math.imul(b ^ (b >>> 16), 0x85ebca6b) ^ Math.imul(a ^ (a >>> 13), 0xc2b2ae35);
  return 0x1_0000_0000 * (b & 0x1fffff) + (a >>> 0) || 1;
}
