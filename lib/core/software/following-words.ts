/**
 * What may follow a product's name without making it another product: versions, processors, editions, languages, the
 * way it is installed. `TeamViewer 15 Host (64-bit)` is TeamViewer; `TeamViewer Meeting` is not.
 */

const list = (words: string): readonly string[] => words.split(' ');

const FOLLOWING: ReadonlySet<string> = new Set([
  ...list(
    'x64 x86 x32 64bit 32bit bit amd64 arm64 aarch64 arm armhf armv7 armv8 i386 i686 intel universal silicon',
  ),
  ...list('windows win win32 win64 mac macos osx os linux ubuntu debian android chromeos for on and the by'),
  ...list(
    'version ver v release build edition beta alpha preview rc stable nightly lts latest current update',
  ),
  ...list(
    'free pro professional business enterprise corporate standard premium plus home personal ultimate lite express',
  ),
  ...list('essentials trial unlimited commercial community oem msp full classic custom basic'),
  ...list(
    'msi exe app setup installer package bundle portable standalone user users machine wide system per all only silent',
  ),
  ...list(
    'host agent client service services server daemon unattended attended desktop remote control access support',
  ),
  ...list('software application program tool connection'),
  ...list(
    'english deutsch german français francais french español espanol spanish italiano italian português portugues',
  ),
  ...list(
    'portuguese brasil brazil nederlands dutch polski polish русский russian 日本語 japanese 中文 简体中文 繁體中文',
  ),
  ...list(
    '繁体中文 chinese simplified traditional 한국어 korean türkçe turkish čeština czech svenska swedish dansk danish',
  ),
  ...list(
    'norsk norwegian suomi finnish magyar hungarian română ελληνικά українська ukrainian multilingual multilanguage',
  ),
  ...list(
    'en us gb uk de at ch fr es mx it pt br nl be pl ru ja jp zh cn tw hk ko kr tr cs cz sv se da dk nb fi hu ro bg',
  ),
  ...list('ua el gr he il ar th vi vn sk hr sr sl lt lv et'),
  ...list('hans hant'),
  ...list('远程控制 远程控制软件 远程桌面 远程 客户端 主控端 被控端 个人版 企业版 专业版 安装版 版 软件'),
  ...list('リモートデスクトップ クライアント ホスト 版 원격'),
]);

/** Words that name a part or a companion of a product, which by itself lets nobody in. */
const PARTS: ReadonlySet<string> = new Set([
  ...list('meeting meetings webinar conference chat whiteboard classroom training academy'),
  ...list('printer printers print printing driver drivers webcam audio usb display adapter mirror virtual'),
  ...list('viewer viewers console technician operator expert representative representative'),
  ...list('plugin plugins plug addin addon add extension outlook office teams integration connector'),
  ...list(
    'sdk api library libraries lib dev devel docs doc documentation manual sample samples theme wallpaper',
  ),
  ...list(
    'uninstaller uninstall updater license licence backup vpn hamachi antivirus patch management toolkit game',
  ),
]);

const VERSION =
  /^(?:v|ver|version|r|rc|b|build|beta|alpha)?\d+(?:\.\d+)*(?:[a-z]\d*|beta\d*|rc\d*|ubuntu\d*|el\d+)?$/;
/** A custom client or an installation: at least one digit, so that words of a to f do not count. */
const HEXADECIMAL = /^(?=[a-f]*\d)[0-9a-f]{6,16}$/;

/** Tells whether a word leaves a product's name what it was. */
export function mayFollowAnyName(word: string): boolean {
  return FOLLOWING.has(word) || VERSION.test(word) || HEXADECIMAL.test(word);
}

/** Tells whether a word names only a part of a product: a printer driver, a viewer, an add-in. */
export function namesAPart(word: string): boolean {
  return PARTS.has(word);
}
