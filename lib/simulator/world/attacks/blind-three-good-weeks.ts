/** An impostor without a fault, but for a quarter of an hour. */
import { MINUTE_MS, SECOND_MS } from '../../../core/time.ts';
import type { Attack } from '../attack.ts';
import { agentOn } from '../records/agents.ts';
import { entraSignIn } from '../records/entra.ts';
import { fileOperation } from '../records/m365.ts';
import { US } from './parts/cities.ts';
import { hireOn } from './parts/days.ts';
import { siteDocument } from './parts/files.ts';
import { note } from './parts/note.ts';

export const threeGoodWeeks: Attack = {
  name: 'blind-three-good-weeks',
  title: 'Three good weeks, and a quarter of an hour',
  story:
    'A new hire comes on the second or third day of the window. The laptop stands with a facilitator in the very city that is claimed, alone on a private line, and is worked through a box that no inventory shows, at ordinary hours. The operator’s phone goes through a travel router, so that it too is seen from that line or a carrier of that country. Three weeks later, or the day after, the router hangs at about midday of the claimed place, and for 6 to 15 minutes the phone is on the line on which the operator sits, in Dalian, Shenyang or Vientiane. Nobody signs in: Teams and Outlook renew their tokens by themselves, two to four times, and one or two files that a message links to are previewed. Entra has the renewals as non-interactive sign-ins, Microsoft 365’s audit log has the previews. Okta and Google have nothing. Then all is as before.',
  expects: ['new-country', 'impossible-travel', 'new-network'],
  expectsComposite: false,
  play(stage) {
    const { random, geography } = stage;
    const day = stage.workday(random.between(1, 2));
    const who = hireOn(stage, day, { claimed: random.pick(US) });
    const line = geography.home(random.pick(['Dalian', 'Shenyang', 'Vientiane']));
    const slip = stage.workday(day + random.between(21, 22));
    const begin = stage.at(slip, 11 + 3 * random.next(), who);
    const lengthMs = random.between(6, 15) * MINUTE_MS;
    const device = who.phone;
    const sometime = (): number => begin + Math.floor(random.next() * lengthMs);
    for (let left = random.between(2, 4); left > 0; left--) {
      const application = random.pick(['Microsoft Teams', 'Office 365 Exchange Online'] as const);
      note(stage, 'entra', entraSignIn, who, sometime(), line, { device, application, byProgram: true });
    }
    for (let left = random.between(1, 2); left > 0; left--) {
      const at = sometime() + SECOND_MS;
      const file = siteDocument(random.between(1, 900));
      const preview = fileOperation(who, at, line, random, { operation: 'FilePreviewed', file });
      stage.emit('m365', at, { ...preview, UserAgent: agentOn(device).text });
    }
    stage.label([who], who.hired);
  },
};
