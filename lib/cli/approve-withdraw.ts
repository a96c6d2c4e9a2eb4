/** `ringer approve withdraw`: takes an exception back. It stays on record. */
import { readAllApprovals, withdrawApproval } from '../stores/approvals.ts';
import { EXIT } from './exit.ts';
import { withTable, type StoreOptions } from './store-options.ts';
import { notice } from './terminal.ts';
import { UsageError } from './usage-error.ts';

export interface WithdrawOptions extends StoreOptions {
  readonly reason: string;
}

/** Withdraws it, or says why it cannot: exit code 1. */
export function approveWithdrawVerb(
  prefix: string,
  { reason, ...options }: WithdrawOptions,
): Promise<number> {
  const id = prefix.toLowerCase();
  if (!/^[0-9a-f]{1,12}$/.test(id)) throw new UsageError(`${JSON.stringify(prefix)} is no approval's id`);
  const why = reason.trim();
  if (why === '') throw new UsageError('withdraw needs a --reason');
  return withTable('directory', options, async (directory, { who }) => {
    const found = (await readAllApprovals(directory)).filter((each) => each.id.startsWith(id));
    const [approval] = found;
    if (approval === undefined || found.length > 1) {
      const ids = found.map((each) => each.id).join(', ');
      notice(
        approval === undefined
          ? `ringer: there is no approval ${id}`
          : `ringer: several approvals begin with ${id}: ${ids}`,
      );
      return EXIT.failed;
    }
    const done = await withdrawApproval(directory, approval, { who, why, time: Date.now() });
    notice(
      done
        ? `withdrawn: ${approval.id} ${approval.kind}`
        : `ringer: ${approval.id} had been withdrawn before`,
    );
    return done ? EXIT.done : EXIT.failed;
  });
}
