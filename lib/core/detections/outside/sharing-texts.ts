/** What alerts on external sharing say of a day. */
import type { Context } from '../contract.ts';
import type { Sum } from './sum.ts';
import { listed, measureText, takenBackText, type Saying } from './opened.ts';

/** Says with whom what was shared. */
export function sayShared({ organization, subject }: Pick<Context, 'organization' | 'subject'>): Saying {
  return (day) => {
    const isOwn = day.object.kind === 'address';
    const many = Math.max(day.count, day.things.length);
    return {
      confidence: isOwn ? 'medium' : 'high',
      summary: summaryOf(day, isOwn),
      why: [
        isOwn
          ? `${day.object.id} is called like ${subject.id}, and is neither the organization’s nor a partner’s.`
          : organization.domains.length === 0
            ? 'The vendor calls it external; organization.domains does not say who is inside.'
            : 'Nobody of them is under organization.domains or organization.partnerDomains.',
        ...(many > 1 ? [`Shared: ${listed(day.things, many)}.`] : []),
        ...measureText(day),
        ...takenBackText(day),
      ],
      benign: isOwn ? ['Somebody else of that name, or papers of their own: a contract, a payslip.'] : [],
    };
  };
}

function summaryOf(day: Sum, isOwn: boolean): string {
  const [one = 'a file', ...others] = day.things;
  const what = others.length === 0 ? one : `${day.count} files`;
  const from =
    others.length > 0 && day.object.kind === 'service' ? ` from ${day.object.name ?? day.object.id}` : '';
  const whom = isOwn
    ? `${day.object.id}, which looks like their own address outside`
    : day.to.length === 0
      ? 'somebody outside whom the record does not name'
      : `${listed(day.to.map(named))} outside`;
  return `Shared ${what}${from} with ${whom}${day.allClosed ? ', and took it back' : ''}.`;
}

function named(target: string): string {
  return /^\d{12}$/.test(target) ? `AWS account ${target}` : target;
}
