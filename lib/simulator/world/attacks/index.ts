/** The attacks that can be played on a world, by what they are. */
import type { Attack } from '../attack.ts';
import { BLIND_ATTACKS } from './blind.ts';
import { driveAfterTheEnd, keyAfterTheEnd } from './copying/after-the-end.ts';
import { mailAppAtGoogle, mailAppAtMicrosoft, remoteDesktopGrant } from './copying/applications.ts';
import { leavers } from './copying/leavers.ts';
import { copiesInWeekTwo } from './copying/new-hire-copies.ts';
import { slowCopies } from './copying/slow-copies.ts';
import { carefulFarm, carelessFarm, quietFarm } from './impostors/farms.ts';
import {
  astrillOnce,
  behindAVpn,
  fromAbroadByAstrill,
  livesElsewhere,
  nightWorker,
} from './impostors/hidden-places.ts';
import { kvmAtAFarm, kvmByName } from './impostors/ip-kvms.ts';
import { awsAlone, googleAlone, microsoftAlone, oktaAlone } from './impostors/one-vendor.ts';
import { sharedByDays, sharedByHours } from './impostors/shared-accounts.ts';
import { oneNumber, onePhone } from './impostors/shared-phones.ts';
import { jiggler, jigglerAndTools, oneTool, secondComputer, secondTool } from './impostors/software.ts';
import { farmByIpv6, farmOfThree } from './impostors/unlike-claims.ts';
import { portableTool, readsOnScreen, wellBehaved } from './impostors/unseen.ts';
import { keyInTwoNetworks, passwordAlone, rootAtWork } from './negligence/aws-accounts.ts';
import { negligentAdministrator, publicBucket, publishedDocument } from './negligence/exposure.ts';
import { factorsOffForATeam, policyWithoutFactors } from './negligence/factors.ts';
import { silentLaptop, unencryptedLaptop } from './negligence/laptops.ts';
import { impossibleJourneys } from './takeovers/impossible-journeys.ts';
import { knownAddress, thereAndBack, toAndFro } from './takeovers/longer-journeys.ts';
import {
  factorTakenOff,
  fatigueAtEntra,
  fatigueAtOkta,
  talkedIntoReset,
} from './takeovers/second-factors.ts';
import { stolenEntraSession, stolenOktaSession } from './takeovers/stolen-sessions.ts';
import {
  refusedFromRussia,
  rentedServer,
  residentialProxy,
  sundayAbroad,
  torExit,
} from './takeovers/strange-networks.ts';
import { googleSaysSo, vendorSaysSo } from './takeovers/vendor-warnings.ts';

const IMPOSTORS = [
  ...[carelessFarm, carefulFarm, quietFarm, farmOfThree, farmByIpv6],
  ...[behindAVpn, fromAbroadByAstrill, astrillOnce, livesElsewhere, nightWorker],
  ...[sharedByDays, sharedByHours],
  ...[kvmAtAFarm, kvmByName, onePhone, oneNumber],
  ...[jigglerAndTools, oneTool, secondTool, jiggler, secondComputer],
  ...[oktaAlone, microsoftAlone, googleAlone, awsAlone],
  ...[wellBehaved, portableTool, readsOnScreen],
];

const TAKEOVERS = [
  ...impossibleJourneys,
  ...[thereAndBack, knownAddress, toAndFro],
  ...[stolenOktaSession, stolenEntraSession],
  ...[fatigueAtOkta, fatigueAtEntra, talkedIntoReset, factorTakenOff],
  ...[residentialProxy, torExit, rentedServer, sundayAbroad, refusedFromRussia],
  ...[vendorSaysSo, googleSaysSo],
];

const COPYING = [
  ...leavers,
  ...slowCopies,
  ...[copiesInWeekTwo, driveAfterTheEnd, keyAfterTheEnd],
  ...[remoteDesktopGrant, mailAppAtGoogle, mailAppAtMicrosoft],
];

const NEGLIGENCE = [
  ...[publicBucket, publishedDocument, negligentAdministrator],
  ...[rootAtWork, passwordAlone, keyInTwoNetworks],
  ...[policyWithoutFactors, factorsOffForATeam],
  ...[unencryptedLaptop, silentLaptop],
];

export const ATTACKS: readonly Attack[] = [
  ...IMPOSTORS,
  ...TAKEOVERS,
  ...COPYING,
  ...NEGLIGENCE,
  ...BLIND_ATTACKS,
];
