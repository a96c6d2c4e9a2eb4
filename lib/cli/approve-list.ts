/** `ringer approve list`: the exceptions there are. */
import { readAllApprovals } from '../stores/approvals.ts';
import { printApprovals, type ApprovalFormat } from './approve-text.ts';
import { EXIT } from './exit.ts';
import { withTable, type StoreOptions } from './store-options.ts';

export interface ApprovalsListOptions extends StoreOptions {
  readonly all?: boolean;
  readonly format?: ApprovalFormat;
}

/** Prints by when they end. */
export function approveListVerb({ all = false, format, ...options }: ApprovalsListOptions): Promise<number> {
  return withTable('directory', options, async (directory) => {
    const now = Date.now();
    const approvals = await readAllApprovals(directory);
    const shown = approvals.filter(
      ({ withdrawn, until }) => all || (withdrawn === undefined && until >= now),
    );
    await printApprovals(shown, format, now);
    return EXIT.done;
  });
}
