/** Questions on a terminal. They stand on stderr: stdout is for data. */

/** Tells whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

const ON_STDERR = { output: process.stderr };

type Validate = (text: string) => string | undefined;

/**
 * Asks for a line.
 *
 * @param wrong - says what is wrong with an answer
 */
export async function askLine(message: string, wrong: Validate): Promise<string> {
  const { input } = await import('@inquirer/prompts');
  return input({ message, validate: (text) => wrong(text) ?? true }, ON_STDERR);
}

/** Asks for something that nobody behind one's back may read. */
export async function askSecret(message: string): Promise<string> {
  const { password } = await import('@inquirer/prompts');
  return password({ message, mask: false, toggleMask: false }, ON_STDERR);
}

/** Asks which of several. */
export async function askSome<T extends string>(
  message: string,
  choices: readonly { readonly value: T; readonly name: string }[],
): Promise<readonly T[]> {
  const { checkbox } = await import('@inquirer/prompts');
  return checkbox({ message, choices }, ON_STDERR);
}
