/**
 * How often honest people do what looks odd. Fixed before anything was measured against it, and never changed to suit a
 * detection: a rate that proves unlike real companies is changed with its reason, and everything is measured anew.
 */
export const RATES = {
  /** Share of people who have a consumer VPN, for films or out of habit. */
  consumerVpn: 0.12,
  /** Share of their working days on which it is on for a while. */
  consumerVpnDays: 0.15,
  /** Share of those times with an exit in some other country. */
  consumerVpnAbroad: 0.3,
  /** Share of phones that browse through iCloud Private Relay. */
  privateRelay: 0.3,
  /** Share of people with a program that keeps the screen awake. */
  keepAwake: 0.08,
  /** Share of people who still have the TeamViewer that a supplier once asked for. */
  leftOverTeamViewer: 0.03,
  /** Share of people whose household changes its carrier, a month. */
  newProviderMonthly: 0.05,
  /** Share of homes whose line gets another address every week, at times one that databases put into the next town. */
  wanderingAddress: 0.05,
  /** Share of homes that use IPv6 beside IPv4, where their carrier has it. */
  dualStack: 0.4,
  /** Journeys abroad a person and year; they last 3 to 10 days and are spent in hotels. */
  foreignTripsYearly: 2,
  /** Share of the working days abroad on which people work. */
  workingAbroad: 0.6,
  /** Share of people who live with somebody who works here too. */
  couples: 0.01,
  /** Offices that nobody has put into `policy.egress`. */
  unlistedOffices: 2,
  /** Share of employees who work at an office. */
  officeWorkers: 0.35,
  /** Share of their days that they spend there. */
  officeDays: 0.6,
  /** Passwords tried on random accounts from abroad, a day, however large the company is. */
  sprayedPasswordsDaily: 500,
  /** Links for whoever has them, a working day and 1,000 people. */
  publicLinksDailyPer1000: 200,
  /** Share of people who replace their phone, a month. */
  newPhoneMonthly: 0.015,
  /** Share of people who get a new laptop, a month: one in some four years. */
  newLaptopMonthly: 0.02,
  /** Files that OneDrive brings to a new laptop on its first day, least and most. */
  firstSyncFiles: [1_500, 6_000],
  /** Days on which a wrong compliance policy turns the whole fleet noncompliant. */
  complianceFlips: 1,
  /** Share of laptops that are overdue with an update for a few days, a month. */
  overdueUpdateMonthly: 0.03,
  /** Share of people in the data team, two at least. */
  dataTeam: 0.003,
  /** Objects that they read from S3 on a working day, all of them together. */
  dataTeamObjectsDaily: 5_000,
  /** Share of the support department that works by night. */
  nightShift: 0.3,
  /** Share of those whose hours `policy.schedules` states. */
  nightShiftStated: 0.7,
  /** Share of people who are contractors abroad; their claimed place says so. */
  contractorsAbroad: 0.06,
  /** Files shared with partners whose domain is listed, a working day and 1,000 people. */
  partnerSharesDailyPer1000: 30,
  /** Files shared with customers, whose domains are not listed, a working day and 1,000 people. */
  customerSharesDailyPer1000: 10,
  /** Share of people who let an ordinary application at their data, a month. */
  oauthGrantsMonthly: 0.03,
  /** Share of sign-ins in which a second factor is first answered wrongly. */
  factorTypos: 0.004,
  /** Share of prompts that are refused by mistake. */
  factorRefusals: 0.0005,
  /** Share of sign-ins in which the password is first mistyped. */
  wrongPasswords: 0.03,
  /** Share of days abroad or behind a VPN on which Entra finds a sign-in unfamiliar; the person proves themselves at once. */
  unfamiliarSignIns: 0.03,
  /** Reports that an administrator exports, a month. */
  adminExportsMonthly: 1,
  /** Long-lived access keys made for a program, a month. */
  accessKeysMonthly: 1,
  /** Share of a phone's sign-ins that come by the carrier's network, which may leave in another city. */
  phoneByMobile: 0.4,
  /** Share of records in which a vendor places a home address in the next town. */
  placeJitter: 0.03,
  /** Share of people who work a day at a colleague's home, a month. */
  visitsMonthly: 0.01,
  /** Gatherings in one hotel for two days. */
  offSites: 1,
  /** People at such a gathering, at most. */
  offSitePeople: 40,
  /** Share of people who move to another city of their country, a month. */
  movesMonthly: 0.005,
  /** Days until the people file says so, least and most. */
  moveRecordedDays: [14, 56],
  /** Share of people hired, a month. */
  hiredMonthly: 0.015,
  /** Share of people who leave, a month. */
  leavingMonthly: 0.012,
  /** Share of working days that are holidays of one's own or sickness. */
  absent: 0.1,
  /** Share of weekend days on which somebody works. */
  weekendWork: 0.04,
  /** Share of days that end late in the evening. */
  lateEvenings: 0.08,
} as const;

/** Gives how often something of a monthly rate is to be expected in some days. */
export function inDays(monthly: number, days: number): number {
  return (monthly * days) / 30;
}
