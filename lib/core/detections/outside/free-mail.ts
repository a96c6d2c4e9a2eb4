/** Providers at which anybody has a mailbox of their own. Facts, as the providers publish them. */

const PROVIDERS: ReadonlySet<string> = new Set(
  [
    'gmail.com googlemail.com',
    'outlook.com hotmail.com live.com msn.com passport.com',
    'yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com',
    'icloud.com me.com mac.com',
    'proton.me protonmail.com pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com keemail.me',
    'gmx.net gmx.com mail.com email.com usa.com web.de t-online.de freenet.de posteo.de mailbox.org',
    'fastmail.com fastmail.fm hey.com zohomail.com hushmail.com mailfence.com runbox.com startmail.com skiff.com',
    'yandex.ru yandex.com ya.ru mail.ru inbox.ru list.ru bk.ru internet.ru rambler.ru',
    'qq.com foxmail.com 163.com 126.com yeah.net sina.com sina.cn sohu.com aliyun.com 139.com 189.cn',
    'naver.com daum.net hanmail.net nate.com kakao.com',
    'orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it alice.it tin.it',
    'seznam.cz centrum.cz wp.pl o2.pl onet.pl interia.pl ukr.net i.ua abv.bg',
    'uol.com.br bol.com.br terra.com.br ig.com.br rediffmail.com',
    'comcast.net verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net btinternet.com bigpond.com',
    'mailinator.com guerrillamail.com yopmail.com simplelogin.com duck.com mozmail.com',
  ].flatMap((line) => line.split(' ')),
);

/** The same providers in many countries: `yahoo.co.jp`, `hotmail.fr`. */
const NATIONAL = /^(?:yahoo|hotmail|live|outlook|gmx|yandex|aol)\.(?:[a-z]{2}|com?\.[a-z]{2})$/;

/** Tells whether anybody can have an address of this domain. */
export function isFreeMail(domain: string): boolean {
  return PROVIDERS.has(domain) || NATIONAL.test(domain);
}
